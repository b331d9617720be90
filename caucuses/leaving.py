"""What the page says of caucuses on which a member leaves the initiative: the same to everybody, in a caucus or not.

For the seven days a seat stays as it is. If it vanished in the hour in which a name vanished from every list, everybody in the
room, and whoever reads the database, would know whose it was (adr/0013).
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.leaving import Remark, When


def leaving(*, member: Any) -> list[Remark]:
    """Three lines."""
    url = reverse("caucuses:caucus_list")
    return [
        Remark(When.NOW, _("If you are in a caucus, your seat stays there for the seven days as it is, with the name that you chose there: if it went in the same hour, others could tell whose it was. Leave the caucus before, if you want to be gone from it at once."), url, _("Caucuses")),
        Remark(When.LATER, _("If you are in a caucus, you leave it, and all that you said there goes.")),
        Remark(When.STAYS, _("If you are in a caucus, its purpose, agreements, meetings and notes belong to everybody in it and stay. So do reports that you sent to its facilitators, without anything that leads to you: if they went with you, it would be plain whose they were.")),
    ]  # fmt: skip
