"""Two at the same moment: nothing is doubled, nothing half done, and who came second is told."""

import threading

import pytest
from django.db import connections

from accountability.letter.actions import (
    AlreadyConfirmed,
    NotNow,
    StaleDraft,
    Superseded,
    confirm_signature,
    publish,
    save_draft,
    sign,
    sign_for_organization,
)
from accountability.letter.models import LetterVersion, Signature
from accountability.letter.permissions import current_version
from tests.accountability.letter.desk import begun, colleague_of, promises, written

pytestmark = pytest.mark.django_db(transaction=True)
TEXTS = {"process": "We ask.", "outcome": "It changes.", "what_changed": "We ask."}


def at_once(*acts):
    """Let everyone act at the same moment, each with a connection of their own: the names of what each got."""
    start, results = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place, act):
        try:
            start.wait(timeout=20)
            results[place] = type(act()).__name__
        except (AlreadyConfirmed, NotNow, StaleDraft, Superseded) as refusal:
            results[place] = type(refusal).__name__
        except BaseException as problem:
            results[place] = f"{type(problem).__name__}: {problem}"
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_a_version_is_published_while_somebody_signs(cast):
    """Whoever signs either signed the version they read before the new one came, or signed nothing."""
    version, draft = current_version(), written(cast["ana"])

    signing, publishing = at_once(
        lambda: sign(version=version, name_is_public=False, by=cast["dev"]),
        lambda: publish(seen=draft.mark, by=cast["ana"]),
    )

    assert publishing == "LetterVersion"
    signed = list(Signature.objects.filter(member=cast["dev"]))
    assert (signing, [row.version for row in signed]) in [("tuple", [version]), ("Superseded", [])]


def test_two_presses_at_once_sign_once(cast):
    version = current_version()

    results = at_once(
        *(lambda: sign(version=version, name_is_public=False, by=cast["dev"]) for _ in range(3))
    )

    assert results == ["tuple"] * 3
    assert Signature.objects.filter(member=cast["dev"]).count() == 1


def test_of_two_who_confirm_at_once_one_does(cast):
    first = colleague_of(cast["dev"])
    second = colleague_of(cast["dev"], but=[first])
    row = begun(cast["dev"])

    results = at_once(
        *(
            lambda by=by: confirm_signature(signature=row, seen_revision=1, by=by)
            for by in (first, second)
        )
    )

    assert sorted(results) == ["AlreadyConfirmed", "Signature"]


def test_of_two_who_begin_at_once_one_does(cast):
    version, kay = current_version(), colleague_of(cast["dev"])

    results = at_once(
        *(
            lambda by=by: sign_for_organization(
                version=version, promises=promises(), seen_revision=0, by=by
            )
            for by in (cast["dev"], kay)
        )
    )

    assert sorted(results) == ["NotNow", "Signature"]
    assert Signature.objects.filter(organization=cast["dev"].organization).count() == 1


def test_of_two_first_drafts_at_once_one_stands(cast):
    results = at_once(
        *(lambda by=by: save_draft(**TEXTS, seen="", by=cast[by]) for by in ("ana", "lena"))
    )

    assert sorted(results) == ["LetterVersion", "StaleDraft"]
    assert LetterVersion.objects.drafts().count() == 1
