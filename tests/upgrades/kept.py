"""What the script that keeps databases has, for stories: scripts import each other from their own folder."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from keep_upgrade import FILES, check_out, migrations_of, run

__all__ = ["FILES", "check_out", "migrations_of", "run"]
