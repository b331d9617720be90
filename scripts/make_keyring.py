#!/usr/bin/env python3
"""Makes the keyring that seals private text, once, before the first start in production.

Usage: python3 scripts/make_keyring.py FILE   (outside the project; then FIELD_KEYS_FILE=FILE)
"""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

from surroundings import ROOT, say, stop

sys.path.insert(0, str(ROOT))

from config.settings import keyring
from config.settings.keyring import KEY_BYTES, Keyring
from config.settings.values import WrongSetting


def main() -> int:
    """Write the file, print the copy to keep and what its loss means. Exit 1 with a sentence when it cannot be made."""
    if len(sys.argv) != 2:
        stop(
            "Say where the keyring is to be: python3 scripts/make_keyring.py /etc/lodestar/field_keys.json"
        )
    path = Path(sys.argv[1]).absolute()
    if path.exists():
        stop(
            f"{path} is there already, and was left as it is. A keyring is made once; rotate_keys changes its key."
        )
    try:
        keyring.refuse_inside(path, {"the project": ROOT})
        ring = Keyring("k1", {"k1": secrets.token_bytes(KEY_BYTES)})
        keyring.write(path, ring, replace=False)
    except WrongSetting as problem:
        stop(str(problem))
    except OSError as problem:
        stop(f"{path} cannot be written ({problem.strerror}). Nothing was made.")
    say(
        f"The keyring is in {path}, readable by this account alone. Set FIELD_KEYS_FILE to it.\n\n"
        "Whoever loses it loses every journal, check-in and caucus of this site, for good: nobody can make it again.\n"
        "Keep this copy on paper or in a safe, apart from every backup of the site, and away from this screen:\n\n"
        f"{keyring.shown(ring)}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
