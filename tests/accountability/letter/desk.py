"""Hands for stories about the letter: write, publish, sign, promise."""

from __future__ import annotations

from datetime import date, timedelta

from accountability.letter.actions import (
    confirm_signature,
    publish,
    save_draft,
    sign,
    sign_for_organization,
)
from accountability.letter.actions.organizations import Promise
from accountability.letter.choices import Part
from accountability.letter.models import LetterVersion
from accountability.letter.permissions import current_version
from accounts.models import User

LETTER = "/commitments/letter/"
CSV, FEED = f"{LETTER}signatures.csv", f"{LETTER}changes.atom"
SIGN, ORGANIZATION = f"{LETTER}sign/", f"{LETTER}organization/"
DESK = "/backbone/letter/"


def soon(days=90):
    """A day that has not come yet."""
    return date.today() + timedelta(days=days)


def promises(process="Ask the families.", outcome="Open in the evening."):
    """One pledge for each part."""
    return [Promise(Part.PROCESS, process, soon()), Promise(Part.OUTCOME, outcome, soon(180))]


def pledged(process="Ask the families.", outcome="Open in the evening.", **more):
    """The same as the form of an organization takes it."""
    return {
        "process_1": process,
        "process_1_on": soon().isoformat(),
        "outcome_1": outcome,
        "outcome_1_on": soon(180).isoformat(),
        "revision": 0,
        **more,
    }


def written(by, process="We ask first.", outcome="It changes.", what_changed="We ask first now."):
    """A draft on the desk."""
    draft = LetterVersion.objects.drafts().first()
    return save_draft(
        process=process,
        outcome=outcome,
        what_changed=what_changed,
        seen=draft.mark if draft else "",
        by=by,
    )


def published(by, **texts):
    """A new version."""
    return publish(seen=written(by, **texts).mark, by=by)


def signed(by, *, public=False, version=None):
    """A member's own signature under the current version."""
    row, _is_new = sign(version=version or current_version(), name_is_public=public, by=by)
    return row


def begun(by, **texts):
    """The first half of an organization's signature."""
    return sign_for_organization(
        version=current_version(), promises=promises(**texts), seen_revision=0, by=by
    )


def both(first, second, **texts):
    """An organization's signature, confirmed."""
    row = begun(first, **texts)
    return confirm_signature(signature=row, seen_revision=row.revision, by=second)


def colleague_of(member, but=()):
    """Somebody else of the same organization."""
    rows = User.objects.filter(organization=member.organization).exclude(pk=member.pk)
    return rows.exclude(pk__in=[one.pk for one in but]).order_by("email").first()


def files(client):
    """Everything where a public name may stand: the page, the older page, the search, the table, the feed."""
    pages = (LETTER, f"{LETTER}versions/1/", f"{LETTER}?q=r", CSV, FEED)
    return {address: client.get(address).text for address in pages}


def where(client, words):
    """The addresses at which these words stand."""
    return {address for address, text in files(client).items() if words in text}
