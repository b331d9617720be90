"""The backbone's desk: what waits for the body, the record of a meeting, and no way to change a definition."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.snippets.models import get_snippet_models

from curriculum.glossary.actions import (
    change_proposal,
    confirm_decision,
    post_comment,
    propose_retirement,
    propose_wording,
)
from curriculum.glossary.models import Decision, Proposal, Term, TermVersion
from tests.curriculum.language import agreed, proposed, words

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
QUEUE = "/admin/shared-language/"
STAFF = ["ana", "rui", "gus"]


def form_of(proposal):
    return f"{QUEUE}{proposal.pk}/meeting/"


def page_of(proposal):
    return f"/glossary/{proposal.term.slug}/proposals/{proposal.pk}/"


def filled(**more):
    day = timezone.localdate() - timedelta(days=1)
    given = {
        "outcome": "adopted",
        "decided_on": day.isoformat(),
        "present": "Ben, Chioma",
        "seen_revision": "1",
    }
    return {**given, **more}


def row_of(page, name):
    """The cells of the row with this name, as words."""
    rows = re.findall(r"<tr\b.*?</tr>", page, re.DOTALL)
    (row,) = (one for one in rows if re.search(rf">\s*{name}\s*</a>", one))
    cells = re.findall(r"<td\b.*?</td>", row, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]


@pytest.mark.parametrize("name", STAFF)
def test_the_queue_says_what_waits(cast, as_, name):
    proposal = proposed(cast["dev"])
    for text in ("One.", "Two."):
        post_comment(proposal=proposal, text=text, by=cast["hana"])
    propose_wording(words=words("Ferry"), by=cast["dev"], draft=True)

    page = as_(name).get(QUEUE).text

    cells = row_of(page, "Bridge")
    assert cells[1:4] + cells[5:6] == ["New term", "en", "Dev Banerjee", "2"]
    assert cells[6] == ("Record a decision" if name == "ana" else "–")
    assert f'href="{page_of(proposal)}"' in page
    assert "Ferry" not in page
    assert '"label": "Shared language"' in as_(name).get("/admin/").text


def test_a_retirement_and_a_change_are_named(cast, as_):
    term = agreed(cast).term
    proposed(cast["hana"], "Bridges", term=term)
    propose_retirement(term=term, by=cast["jo"], reason="It fell.")

    page = as_("ana").get(QUEUE).text

    assert (row_of(page, "Bridges")[1], row_of(page, "Bridge")[1]) == ("New wording", "Retirement")


def test_the_queue_asks_as_often_for_one_as_for_three(cast, as_):
    client = as_("ana")

    def queries():
        client.get(QUEUE)
        with CaptureQueriesContext(connection) as captured:
            client.get(QUEUE)
        return len(captured)

    proposed(cast["dev"])
    one = queries()
    for name in ("Ford", "Ferry", "Raft"):
        post_comment(proposal=proposed(cast["hana"], name), text="So?", by=cast["jo"])

    assert queries() == one


def test_a_meeting_is_recorded_and_waits_for_the_body(cast, as_):
    term = agreed(cast).term
    proposal = proposed(cast["dev"], term=term, definition="What leads across.")
    page = as_("ana").get(form_of(proposal)).text
    assert "What leads over." in page
    assert "What leads across." in page
    assert "no effect until a member of the body confirms it" in page

    answer = as_("ana").post(form_of(proposal), filled(dissent="Too wide for some."))

    record = Decision.objects.get(proposal=proposal)
    assert (answer.status_code, answer["Location"]) == (302, QUEUE)
    assert (record.present, record.dissent, record.recorded_by, record.is_in_effect) == ("Ben, Chioma", "Too wide for some.", cast["ana"], False)  # fmt: skip
    assert term.in_force.get().version.definition == "What leads over."
    assert row_of(as_("rui").get(QUEUE).text, "Bridge")[6].endswith("waits to be confirmed")

    confirm_decision(decision=record, by=cast["chioma"])
    assert term.in_force.get().version.definition == "What leads across."


def test_what_is_recorded_already_or_decided_is_not_recorded_again(cast, as_):
    proposal = proposed(cast["dev"])
    ana = as_("ana")
    ana.post(form_of(proposal), filled())

    again = ana.get(form_of(proposal), follow=True)
    posted = ana.post(form_of(proposal), filled(outcome="declined", reason="Second thoughts."))

    assert "There is nothing to record." in again.text
    assert "A decision of a meeting waits to be confirmed." in posted.text
    assert "Second thoughts." in posted.text
    assert Decision.objects.get(proposal=proposal).outcome == "adopted"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"outcome": "declined"}, "Say why it is declined"),
        ({"outcome": "perhaps"}, "is not one of the available choices"),
        ({"present": " "}, "This field is required."),
        ({"present": "x" * 2001}, "Ensure this value has at most 2000 characters"),
        ({"decided_on": "2999-01-01"}, "The meeting must have taken place."),
        ({"decided_on": "yesterday"}, "Enter a valid date."),
        ({"next_review_on": "2001-01-01"}, "Choose a day after that of the decision."),
        ({"seen_revision": ""}, "Nothing was recorded"),
        ({"seen_revision": "9" * 40}, "Nothing was recorded"),
        ({"dissent": "\x00"}, "Null characters are not allowed."),
    ],
)  # fmt: skip
def test_what_cannot_be_recorded_is_said_and_kept(cast, as_, given, sentence):
    proposal = proposed(cast["dev"])

    answer = as_("ana").post(form_of(proposal), filled(**{"reason": "", "dissent": "A kept plum.", **given}))  # fmt: skip

    assert answer.status_code == 200
    assert sentence in answer.text
    assert "dissent" in given or "A kept plum." in answer.text
    assert not Decision.objects.filter(proposal=proposal).exists()


def test_a_text_that_changed_meanwhile_is_shown_before_it_is_recorded(cast, as_):
    proposal = proposed(cast["dev"])
    change_proposal(proposal=proposal, words=words(definition="What leads under."), seen_revision=1, by=cast["dev"])  # fmt: skip

    answer = as_("ana").post(form_of(proposal), filled())

    assert "was changed while you read it" in answer.text
    assert "What leads under." in answer.text
    assert re.search(r'name="seen_revision" value="2"', answer.text)
    assert as_("ana").post(form_of(proposal), filled(seen_revision="2")).status_code == 302


@pytest.mark.parametrize("name", ["rui", "gus"])
def test_others_of_the_staff_look_and_record_nothing(cast, as_, name):
    proposal = proposed(cast["dev"])

    for answer in (as_(name).get(form_of(proposal)), as_(name).post(form_of(proposal), filled())):
        assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert not Decision.objects.filter(proposal=proposal).exists()


def test_a_draft_is_not_there(cast, as_):
    draft = propose_wording(words=words(), by=cast["dev"], draft=True)
    unused = Proposal(pk="00000000-0000-4000-8000-000000000000", term=draft.term)

    assert [as_("ana").get(form_of(one)).status_code for one in (draft, unused)] == [404, 404]


def test_nothing_of_the_glossary_is_edited_in_the_admin(cast, as_):
    ours = [model for model in get_snippet_models() if model._meta.app_label == "glossary"]
    version = TermVersion.objects.first()

    assert ours == []
    for name in STAFF:
        for model, row in (("term", Term.objects.first()), ("termversion", version)):
            for address in (
                f"snippets/glossary/{model}/",
                f"snippets/glossary/{model}/edit/{row.pk}/",
                f"glossary/{model}/edit/{row.pk}/",
            ):
                assert as_(name).get(f"/admin/{address}").status_code == 404
