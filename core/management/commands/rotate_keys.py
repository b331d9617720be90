"""`rotate_keys`: wrap every data key by a new key of the keyring and retire the old one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.crypto import rotation
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing, current_keyring
from core.models import DataKey


class Command(BaseCommand):
    """Exit 0 done, 1 refused with a sentence, 2 nothing to do. Safe to kill and to run again."""

    help = (
        "Add a new key to the keyring, wrap every data key by it, then take the old one out. Private text itself "
        "is not touched, the site stays up, and a run that was killed goes on where it was. With the keyring in "
        "FIELD_KEYS instead of a file, name the new current key there first and restart the site."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rotate, or say why not."""
        try:
            with rotation.alone():
                self._by_hand() if settings.FIELD_KEYS_FILE is None else self._in_file()
        except rotation.Busy:
            raise CommandError(
                "Another run of rotate_keys is at work; nothing was done here. When it has ended, there may be nothing left to do."
            ) from None
        except KeyMissing as problem:
            raise CommandError(
                f"{problem} Nothing was lost, and what was wrapped anew stays so. Put that key back and run this again."
            ) from None
        except CannotOpen:
            raise CommandError(
                "A data key is not wrapped by the key it names, so it was damaged or put there by hand. Nothing was "
                "lost, and both keys stay in the keyring. Restore the database of keys, then run this again."
            ) from None
        except OSError as problem:
            raise CommandError(
                f"The keyring cannot be written ({problem.strerror}). Nothing was lost. Run this as the account "
                "that the file belongs to, let that account write in its folder, and run it again."
            ) from None

    def _in_file(self) -> None:
        self.stdout.write(
            f"Private text is sealed by way of the key {rotation.begin()} from now on."
        )
        self.stdout.flush()
        done = rotation.wrap_anew(self._say)
        old = rotation.retire()
        gone = f"{', '.join(old)} was retired" if old else "no other key was left"
        self.stdout.write(
            f"{done} data keys were wrapped anew, and {gone}. Keep a copy of the keyring apart from every backup: "
            "without it private text is lost."
        )

    def _by_hand(self) -> None:
        ring = current_keyring()
        done = rotation.wrap_anew(self._say)
        old = sorted(set(ring.keys) - {ring.current})
        if not done and not old:
            raise CommandError(
                "Every data key is wrapped by the current key already. To change it, add a key to FIELD_KEYS, make it "
                "current, restart the site, and run this again.",
                returncode=2,
            )
        may_go = (
            f"{', '.join(old)} can be taken out of FIELD_KEYS now"
            if old
            else "nothing is left to take out"
        )
        self.stdout.write(f"{done} data keys were wrapped anew by {ring.current}; {may_go}.")

    def _say(self, done: int) -> None:
        self.stdout.write(f"{done} of {DataKey.objects.count()}")
        self.stdout.flush()
