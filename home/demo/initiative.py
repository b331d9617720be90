"""Writes the demonstration into an empty installation. Deterministic, and quick: one password hash serves everybody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accountability.letter.tallying import count_unnamed
from accounts.actions import accept_seat, give_role, offer_seat
from accounts.choices import RoleKind
from accounts.models import Body, Initiative, Organization, User
from backbone.actions import take_snapshots
from cohorts.actions import post_announcement
from cohorts.models import Announcement, Cohort, Membership
from home.demo.accountability import write_accountability
from home.demo.buddies import write_buddies
from home.demo.care import write_care
from home.demo.caucuses import write_caucuses
from home.demo.gatherings import write_meetings
from home.demo.language import write_language
from home.demo.learning import write_learning
from home.demo.letter import write_letter
from home.demo.people import ORGANIZATIONS, Person, everybody
from home.demo.pulse import write_pulse
from home.demo.talk import write_talk
from notices.actions import mark_all_read

PASSWORD = "lodestar-demo"  # noqa: S105 (printed at every start of the demonstration)
DOMAIN = "riverton.example"
NAME = "Riverton Healthy Starts"
PURPOSE = (
    "In Riverton, whether a baby thrives still depends on the street it is born on. Hospitals, schools, the city and "
    "residents of the Eastside learn together why, agree on the words for it, and change what they control."
)
HELP_LINES = """988 Suicide & Crisis Lifeline | call or text 988 | day and night
National Maternal Mental Health Hotline | call or text 1-833-852-6262 | day and night
211, for food, housing and other help near you | call 211 | day and night in most places"""

COHORTS = (
    ("pilot", "Pilot", "Four people who tried it first.", date(2026, 1, 12), date(2026, 5, 29)),
    ("spring", "Spring", "Leaders and residents, from the history to a first promise.", date(2026, 9, 14), None),
    ("autumn", "Autumn", "The second group of this year.", date(2026, 10, 5), None),
)  # fmt: skip

ANNOUNCEMENTS = (
    (
        "spring",
        "ana",
        datetime(2026, 11, 9, 15, 0, tzinfo=UTC),
        "Welcome. We begin with **how redlining worked**, because the map of that time still explains "
        "a good part of our birth data. Read at your own pace; nobody sees how far you are.",
    ),
    (
        "spring",
        "mo",
        datetime(2026, 11, 19, 16, 30, tzinfo=UTC),
        "For Thursday, please read *Grading a city* and bring one question.\n\n"
        "- Doors open at 5:30, there is food\n- Child care is in the room next door\n- You may pass on any question",
    ),
)
#: Who has not yet opened the last announcement: the bell counts it for them, and one mail each tells of it.
UNREAD = ("ben", "chioma", "dev", "elu", "jo")


@transaction.atomic
def write_demonstration() -> int:
    """Write the initiative with its people, cohorts, words and pairs; returns how many people it has."""
    _initiative()
    members = _members()
    _bodies(members)
    write_language(members)  # before what is announced, so that the bell tells of that alone
    write_letter(members)
    _cohorts(members)
    write_care(members)
    write_learning(members)
    write_talk(members)
    write_meetings(members)
    write_pulse()
    write_buddies(members)
    write_caucuses(members)
    write_accountability(members)
    for weeks in (2, 1, 0):  # so that there are past weeks to look at
        take_snapshots(now=timezone.now() - timedelta(weeks=weeks))
    count_unnamed(now=timezone.now())
    return len(members)


def email_of(first: str) -> str:
    """The log-in of a person of the demonstration."""
    return f"{first.lower()}@{DOMAIN}"


def _initiative() -> None:
    settings = Initiative.load()
    settings.name, settings.purpose, settings.help_lines = NAME, PURPOSE, HELP_LINES
    settings.contact_email, settings.languages = f"hello@{DOMAIN}", "en, es"
    settings.save()


def _members() -> dict[str, User]:
    organizations = {
        name: Organization.objects.get_or_create(name=name)[0] for name in ORGANIZATIONS
    }
    hashed = make_password(PASSWORD)
    members = {}
    for person in everybody():
        member = User(
            email=email_of(person.first),
            chosen_name=person.name,
            pronouns=person.pronouns,
            organization=organizations[person.organization],
            organization_confirmed_at=timezone.now(),
            time_zone="America/Chicago",
            language=person.language,
            password=hashed,
        )
        member.save()
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
        for role in person.roles:
            give = partial(give_role, reason="Part of the demonstration.", by=None)
            give(member=member, kind=RoleKind(role))
        members[person.first.lower()] = member
    return members


def _bodies(members: dict[str, User]) -> None:
    committee = Body.objects.create(
        slug="steering-committee",
        name="Riverton steering committee",
        purpose="Adopts our shared language and answers for what the initiative promises.",
    )
    for person in everybody():
        if person.seat:
            member = members[person.first.lower()]
            seat = offer_seat(body=committee, member=member, title=person.seat, by=None)
            accept_seat(seat=seat, by=member)


def _cohorts(members: dict[str, User]) -> None:
    cohorts = {}
    for slug, name, purpose, starts_on, ends_on in COHORTS:
        cohorts[slug] = Cohort.objects.create(
            slug=slug, name=name, purpose=purpose, starts_on=starts_on, ends_on=ends_on
        )
    for person in everybody():
        _join(person, members[person.first.lower()], cohorts)
    for slug, author, posted_at, text in ANNOUNCEMENTS:
        for member in members.values():
            mark_all_read(by=member)  # what was posted before
        row = post_announcement(cohort=cohorts[slug], text=text, by=members[author])
        Announcement.objects.filter(pk=row.pk).update(posted_at=posted_at)
    for name, member in members.items():
        if name not in UNREAD:
            mark_all_read(by=member)


def _join(person: Person, member: User, cohorts: dict[str, Cohort]) -> None:
    for slug in (*person.cohorts, *person.facilitates):
        joined = cohorts[slug].starts_on
        Membership.objects.create(
            cohort=cohorts[slug],
            member=member,
            is_facilitator=slug in person.facilitates,
            joined_at=datetime(joined.year, joined.month, joined.day, 14, tzinfo=UTC),
        )
