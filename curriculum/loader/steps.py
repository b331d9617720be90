"""Says what is being done, once it takes long enough that somebody wonders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

PATIENCE = 1.0  # seconds


class Steps:
    """The steps of a run. A step that is done within `patience` seconds is not spoken of."""

    def __init__(self, say: Callable[[str], object], patience: float = PATIENCE) -> None:
        self._say, self._patience = say, patience

    @contextmanager
    def step(self, sentence: str) -> Iterator[None]:
        """Say the sentence when what is inside takes longer than our patience."""
        timer = Timer(self._patience, self._say, (sentence,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
