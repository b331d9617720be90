"""What a password may not be made of: the words of this site, which whoever guesses would try first."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST_LETTERS = 4  # that must be left when words of ours, digits and signs are taken out


class WordsOfOursValidator:
    """Refuses a password of nothing but the words in `PASSWORD_WORDS`, digits and signs: `Lodestar-2026!`."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError unless something of one's own is left."""
        letters = re.sub(r"[\W\d_]", "", password.lower())
        left = re.sub("|".join(map(re.escape, settings.PASSWORD_WORDS)), "", letters)
        if letters != left and len(left) < FEWEST_LETTERS:
            raise ValidationError(
                _("This password is made of words that everybody here would think of. Add some of your own."),
                code="password_of_our_words",
            )  # fmt: skip

    def get_help_text(self) -> str:
        """The rule, for a form that lists them."""
        return _("Your password can’t be made of this site’s own words alone.")
