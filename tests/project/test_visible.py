"""`/account/visible/` tells of every field that somebody else may read, and says who as the field declares it. No way leads round it."""

import ast
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import get_resolver
from django.utils import timezone

from accounts.actions import end_role
from accounts.belonging import confirm_belonging
from accounts.models import Role, User
from accounts.privacy_words import LEFT_OUT
from accounts.suspending import confirm_suspension, propose_suspension
from cohorts.models import Cohort
from core import register
from core.privacy import Audience, declared_field, declared_fields, own_models
from core.visible import Topic, Visible
from tests.project.source import parsed, python_files, shown
from tests.project.walk import made_for_dev

pytestmark = pytest.mark.django_db

APART = {Audience.AUTHOR, Audience.NOBODY}
#: What is no fact about a member, each with its reason: an app, a model or a field. One that would not be missed must not be named.
EXEMPT: dict[str, str] = {
    "accounts.Body": "A body is no person.",
    "accounts.Initiative": "How the initiative presents itself.",
    "accounts.Organization": "An organization is no person.",
    "backbone.PublishedWeek": "Numbers, under rules of their own; no row of it names anybody.",
    "backbone.Pulse": "Questions to a cohort and numbers; no row of it names anybody.",
    "backbone.Question": "A question to a cohort.",
    "backbone.Snapshot.cohort": "Numbers, under rules of their own; none of them names anybody.",
    "backbone.Snapshot.published": "As before.",
    "backbone.Snapshot.taken_on": "As before.",
    "bringback.Note": "A room of a caucus: what is in it is told there. The page has one line for all, the same for everybody.",
    "bringback.NoteStance": "As before.",
    "bringback.NoteWording": "As before.",
    "bringback.Released": "A note of a room, which names nobody.",
    "caucuses": "As before; no line may differ for who is in one.",
    "cohorts.Cohort": "What a cohort is called and when it is.",
    "concerns": "As before.",
    "curriculum": "Published content, the calendar of a cohort, and how far the worker is; no row of it names a member whom others read of.",
    "glossary.ChangedWord": "How far the worker is.",
    "glossary.Decision.body": "What was decided, without names.",
    "glossary.Decision.confirmed_at": "As before.",
    "glossary.Decision.decided_on": "As before.",
    "glossary.Decision.dissent": "As before.",
    "glossary.Decision.next_review_on": "As before.",
    "glossary.Decision.outcome": "As before.",
    "glossary.InForce": "The shared language, which names nobody.",
    "glossary.LessonLinks": "How far the worker is.",
    "glossary.LessonTerm": "Published content.",
    "glossary.NotLinked": "Published content.",
    "glossary.Relation": "The shared language, which names nobody.",
    "glossary.Term": "As before.",
    "glossary.TermVersion": "As before.",
    "glossary.TermWord": "As before.",
    "journal.Prompt": "Questions for everybody.",
    "letter.LetterVersion.number": "The text of the letter, which names nobody.",
    "letter.LetterVersion.outcome": "As before.",
    "letter.LetterVersion.outcome_html": "As before.",
    "letter.LetterVersion.process": "As before.",
    "letter.LetterVersion.process_html": "As before.",
    "letter.LetterVersion.published_at": "As before.",
    "letter.LetterVersion.what_changed": "As before.",
    "letter.UnnamedTally": "A number under rules of its own, which names nobody.",
    "meetings": "A room of a caucus, as before.",
    "notices.Chore": "When regular work is due.",
    "threads": "A room of a caucus, as before.",
}


def is_exempt(label, exempt=EXEMPT):
    """Whether the field of this label, its model or its app is named."""
    app, model, _name = label.split(".")
    return bool({app, f"{app}.{model}", label} & exempt.keys())


def read_by_others():
    """Who besides its owner may read each field that is shown to anybody, by the field's label."""
    return {
        f"{model._meta.label}.{name}": set(field.audience) - APART
        for model in own_models()
        for name, field in declared_fields(model).items()
        if name not in LEFT_OUT and set(field.audience) - APART
    }


def untold(declared, lines):
    """A sentence for each field of which no line tells, and for each circle that the lines leave out."""
    said = {}
    for line in lines:
        for label in line.of:
            said.setdefault(label, set()).update(set(line.circles) - APART)
    for label, circles in sorted(declared.items()):
        left = ", ".join(sorted(circles - said.get(label, set())))
        if label not in said:
            yield f"{label} may be read by {left}, and no line of /account/visible/ tells its owner. Name it in `of` of a `Visible` of its app."
        elif left:
            yield f"{label} may be read by {left}, and the lines that tell of it do not say so. Leave `to` out, or add a line for them."


def wrong(lines):
    """A sentence for each line that says another circle than its fields declare."""
    for line in lines:
        audiences = {label: set(declared_field(label).audience) for label in line.of}
        if not audiences:
            yield f"“{line.what}” names no field in `of`."
        for label, audience in audiences.items():
            more = ", ".join(sorted(set(line.circles) - audience - APART))
            if more:
                yield f"“{line.what}” tells {more} of {label}, which is not declared for them."
        if not line.to and len({frozenset(one - APART) for one in audiences.values()}) > 1:
            yield f"“{line.what}” tells of fields that different people may read. Make a line for each circle."
        if Audience.AUTHOR in line.to and Audience.AUTHOR not in line.called:
            yield f"“{line.what}” does not say in `called` who it is that sees it."


@pytest.fixture
def everything(cast):
    """One of everything that an address can name, made for Dev; and what no address names."""
    made_for_dev(cast)
    ben = cast["ben"]
    rui = cast["rui"]
    User.objects.filter(pk=rui.pk).update(
        organization=cast["dev"].organization, organization_confirmed_at=None
    )
    confirm_belonging(member=rui, organization_id=cast["dev"].organization_id, by=cast["ana"])
    asked = propose_suspension(member=ben, reason="He harms.", until=None, by=cast["ana"])
    confirm_suspension(suspension=asked, by=cast["lena"])
    end_role(role=Role.objects.in_force().get(member=cast["rui"]), reason="Done.", by=cast["lena"])
    over = timezone.localdate() - timedelta(days=60)
    Cohort.objects.filter(slug="autumn").update(starts_on=over - timedelta(days=60), ends_on=over)
    return [
        line
        for member in User.objects.select_related("organization")
        for holding in register.holdings()
        for line in holding.visible(member)
    ]


def test_the_page_tells_of_every_field_that_others_may_read_and_says_who_as_it_is_declared(
    everything,
):
    declared = {
        label: circles for label, circles in read_by_others().items() if not is_exempt(label)
    }

    assert list(untold(declared, everything)) == []
    assert sorted(set(wrong(everything))) == []
    assert len(declared) > 200


def test_what_is_exempt_is_there_and_would_be_missed():
    declared = read_by_others()
    needless = [
        name
        for name in EXEMPT
        if not any(is_exempt(label, {name: ""}) for label in declared)
        or not EXEMPT[name].endswith((".", "everybody."))
    ]

    assert needless == []


def test_what_is_exempt_names_nobody_or_stands_in_a_room():
    """An exemption of a whole model is no way round: none of them outside of caucuses and the curriculum leads to a member."""
    rooms = {"caucuses", "threads", "meetings", "bringback", "concerns", "curriculum"}
    leading = [
        name
        for name in EXEMPT
        if name.count(".") == 1 and name.split(".")[0] not in rooms
        for field in apps.get_model(name)._meta.local_fields
        if field.related_model is User
    ]

    assert leading == []


class TestTheRuleItself:
    """On lines and fields that are made up."""

    line = Visible("A line", ("cohorts.Membership.joined_at",), Topic.COHORTS)

    def test_a_field_without_a_line_is_named_with_what_to_do(self):
        (sentence,) = untold({"a.B.new": {Audience.MEMBERS}}, [self.line])

        assert sentence.startswith("a.B.new may be read by members, and no line")
        assert sentence.endswith("Name it in `of` of a `Visible` of its app.")

    def test_a_circle_that_no_line_says_is_named(self):
        declared = {"cohorts.Membership.joined_at": {Audience.COHORT, Audience.PUBLIC}}

        assert "may be read by public" in next(untold(declared, [self.line]))

    def test_a_line_that_says_more_than_is_declared_is_named(self):
        more = Visible("More", self.line.of, Topic.COHORTS, to=(Audience.PUBLIC,))

        assert list(wrong([self.line])) == []
        assert "tells public of cohorts.Membership.joined_at" in next(wrong([more]))

    def test_a_line_of_two_circles_is_named(self):
        two = Visible("Two", (*self.line.of, "accounts.User.email"), Topic.COHORTS)

        assert "different people" in list(wrong([two]))[-1]

    def test_a_line_of_no_field_is_named(self):
        assert "names no field" in next(wrong([Visible("None", (), Topic.COHORTS)]))


#: What begins a session. The one door to it is allauth's, which asks for proof first; it hands on who it was that proved it.
BEGINS = {"login", "perform_login", "force_login", "alogin", "resume_login"}
ITS_INSIDE = {"_auth_user_id", "SESSION_KEY", "BACKEND_SESSION_KEY"}
THE_DOOR = "accounts/adapter.py"
AS_ANOTHER = ("impersonat", "hijack", "log_in_as", "login_as", "break_glass", "breakglass", "sudo")


def begun(tree):
    """Lines on which a session is begun, or who it belongs to is written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = (
                node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            )
            if name in BEGINS:
                yield node.lineno
        elif (isinstance(node, ast.Constant) and node.value in ITS_INSIDE) or (
            isinstance(node, ast.ImportFrom) and ITS_INSIDE & {one.name for one in node.names}
        ):
            yield node.lineno


def test_nobody_can_sign_in_as_somebody_else():
    """F8: a session is begun in one place, which allauth calls with whoever has shown that it is they."""
    places = [shown(path, line) for path in python_files() for line in begun(parsed(path))]

    assert [place.rsplit(":")[0] for place in places] == [THE_DOOR]


def test_no_package_and_no_address_says_that_one_could():
    """F8."""
    installed = [config.name for config in apps.get_app_configs()]
    routes = [str(entry.pattern) for entry in get_resolver().url_patterns]
    named = [*installed, *routes, *(shown(path) for path in python_files())]

    assert [one for one in named if any(word in one.lower() for word in AS_ANOTHER)] == []


def test_the_rule_about_sessions_sees_each_way():
    made_up = (
        "from django.contrib.auth import SESSION_KEY\n"
        "login(request, other)\n"
        "client.force_login(other)\n"
        "request.session['_auth_user_id'] = other.pk\n"
        "keep(request)\n"
    )

    assert sorted(begun(ast.parse(made_up))) == [1, 2, 3, 4]
