"""Takes pictures of every page at 360 and 1280 pixels in both themes, for a person to look at.

Usage: python -m tests.browser.pictures FOLDER [arguments for pytest, such as -k door]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

FOLDER = "LODESTAR_PICTURES"
SIZES = (360, 1280)
THEMES = ("light", "dark")


def main() -> int:
    """Make the folder, take the pictures, say how many there are."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ[FOLDER] = str(folder)
    story = Path(__file__).with_name("picture_story.py")
    ended = int(pytest.main([str(story), "-q", *sys.argv[2:]]))
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    return ended


if __name__ == "__main__":
    sys.exit(main())
