"""How much one upload may hold, however many files and zip files it comes in."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accountability.journal.carrying.carried import MOST_BYTES, MOST_ENTRIES


class TooMuch(Exception):
    """The upload holds more than it may, and nothing more of it is read; its words are the sentence that says so."""


@dataclass
class Budget:
    """What is left for the rest of one upload. What turns out to be no entry has cost the same."""

    bytes_left: int = MOST_BYTES
    entries_left: int = MOST_ENTRIES

    def spend(self, size: int) -> None:
        """Take the bytes of a text off, before it is unpacked. Raises TooMuch."""
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise TooMuch(
                _(
                    "What you sent holds more than %(most)d MB of text. Bring it in in several parts."
                )
                % {"most": MOST_BYTES // 1024 // 1024}
            )

    def count(self) -> None:
        """Take one entry off. Raises TooMuch."""
        self.entries_left -= 1
        if self.entries_left < 0:
            raise TooMuch(
                _("What you sent holds more than %(most)s entries. Bring it in in several parts.")
                % {"most": f"{MOST_ENTRIES:,}"}
            )
