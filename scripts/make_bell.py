#!/usr/bin/env python3
"""Makes the bell of the starter curriculum from nothing but sines: one stroke that fades within six seconds.

    python3 scripts/make_bell.py curriculum/starter/media/bell.wav

The same bytes each time, so that anybody can see that it holds no voice and nothing of anybody's.
"""

from __future__ import annotations

import math
import sys
import wave
from array import array
from pathlib import Path

RATE = 11_025  # samples a second; the highest partial lies far below half of it
SECONDS = 6
PITCH = 220.0  # hertz
#: Of each partial: its pitch by the lowest, how loud it begins, and in how many seconds it falls to a third.
PARTIALS = ((1.0, 0.30, 2.2), (2.0, 0.22, 1.6), (2.41, 0.16, 1.2), (3.01, 0.12, 0.9), (4.5, 0.08, 0.5), (6.3, 0.05, 0.3))  # fmt: skip
ATTACK, RELEASE = 0.008, 0.4  # seconds in which it begins and ends, so that nothing clicks


def sample(at: float) -> int:
    """The 16-bit sample at a moment, in seconds."""
    swing = sum(
        loud * math.exp(-at / fall) * math.sin(2 * math.pi * PITCH * pitch * at)
        for pitch, loud, fall in PARTIALS
    )
    edge = min(1.0, at / ATTACK, (SECONDS - at) / RELEASE)
    return round(26_000 * swing * edge)


def make(path: Path) -> None:
    """Write the bell."""
    samples = array("h", (sample(number / RATE) for number in range(RATE * SECONDS)))
    if sys.byteorder == "big":
        samples.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())


if __name__ == "__main__":
    make(Path(sys.argv[1]))
