"""Every address, by GET and POST, for every person of the cast, against one written table (tests/project/access.txt)."""

import re

import pytest

from core.routes import routes
from home.demo.people import CAST
from notices.models import Notice
from tests.project.source import ROOT
from tests.project.walk import PEOPLE, client_of, made_for_dev, status

TABLE = (ROOT / "tests" / "project" / "access.txt").read_text()
#: Who shares whose column, as the head of the table says it: "# lena as ana".
SHARED = dict(re.findall(r"^# (\w+) as (\w+)$", TABLE, re.MULTILINE))


def rows(admin=None):
    """The lines of the table: route, address, statuses by GET, statuses by POST."""
    lines = [line.split("#")[0] for line in TABLE.splitlines() if not line.startswith("#")]
    found = [
        tuple(part.strip().strip('"') for part in line.rsplit(" | ", 3)) for line in lines if line
    ]
    return [row for row in found if admin is None or row[0].startswith("admin/") == admin]


@pytest.mark.django_db
def test_every_address_has_its_line():
    ours = {route.route for route in routes() if not route.route.startswith("admin/")}

    assert {route for route, *_rest in rows(admin=False)} == ours


@pytest.mark.django_db
def test_every_address_of_the_admin_is_for_staff_and_none_is_without_a_rule():
    shut = {"admin/login/", "admin/logout/"}

    assert {route.rule for route in routes() if route.route not in shut} <= {
        "anyone",
        "member",
        "backbone",
        "operator",
        "staff",
    }
    assert [
        route.route
        for route in routes()
        if route.route.startswith("admin/") and route.route not in shut and route.rule != "staff"
    ] == []


def differences(cast, person, column, tries):
    """What the person gets that their column of the table does not say."""
    made, client = made_for_dev(cast), client_of(cast.get(person))
    if person in SHARED:
        own = Notice.objects.filter(member=cast[person]).first()
        made["notice"] = str(own.pk) if own else made["none"]
    wrong = []
    for sample, method, written in tries:
        address = "/" + sample.format(**made).lstrip("/")
        expected = int(written.split()[PEOPLE.index(column)])
        found = status(client, method, address)
        if found != expected:
            wrong.append(f"{method} /{sample} gives {person} {found}, not {expected}")
    return wrong


def every_try():
    """Address, method and statuses of every cell of the table."""
    return [
        (sample, method, written)
        for _route, sample, *statuses in rows()
        for method, written in zip(("GET", "POST"), statuses, strict=True)
    ]


def tells_apart(sample, method, statuses, column):
    """Whether this try could show that two people share a column wrongly.

    What everybody gets, and all that members may do alike, is tried for seven already. Of the admin, which one rule
    shuts, only its door is tried for those whom it does not let in.
    """
    nobody, *members = statuses
    differs = len(set(members)) > 1
    if sample.startswith("admin/") and sample != "admin/":
        return differs and int(statuses[PEOPLE.index(column)]) < 400
    return differs or (method == "GET" and nobody != members[0])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "person",  # that no question fails on PostgreSQL is told by a member and the backbone
    [one if one in ("dev", "ana") else pytest.param(one, marks=pytest.mark.once) for one in PEOPLE],
)
def test_each_gets_what_the_table_says(cast, person):
    assert differences(cast, person, person, every_try()) == []


@pytest.mark.parametrize(
    ("sample", "method", "statuses", "column", "found"),
    [
        ("cohorts/spring/", "GET", "302 200 404 200 200 404 404", "dev", True),
        ("today/", "GET", "302 200 200 200 200 200 200", "dev", True),
        ("today/", "POST", "403 405 405 405 405 405 405", "dev", False),
        ("help/", "GET", "200 200 200 200 200 200 200", "dev", False),
        ("admin/", "GET", "302 403 403 403 200 200 200", "dev", True),
        ("admin/images/", "GET", "302 403 403 403 200 200 200", "dev", False),
        ("admin/images/", "GET", "302 403 403 403 200 200 200", "ana", True),
    ],
)
def test_a_try_that_could_tell_two_people_apart_is_made(sample, method, statuses, column, found):
    assert tells_apart(sample, method, statuses.split(), column) is found


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize(("person", "column"), SHARED.items())
def test_who_shares_a_column_gets_the_same(cast, person, column):
    tries = [
        (sample, method, written)
        for sample, method, written in every_try()
        if tells_apart(sample, method, written.split(), column)
        and "{seat}" not in sample  # offered to Dev alone, whatever the column
        and "{match_" not in sample  # his own match and limit
        and "{note_reply}" not in sample  # his own
        and "{reply}" not in sample  # Dev is its author, as of {proposal}
        and "{proposal}" not in sample
        and "{pair}" not in sample  # of Dev and Elu alone
        and "{buddy_request}" not in sample  # Dev’s own, and one to him
        and "{request_to_me}" not in sample
        and "{excerpt}" not in sample  # of Dev and Elu alone
        and "{commitment" not in sample  # his own, and the role in his organization
        and not sample.startswith("buddy/check-ins/")  # Dev and Elu are a pair, nobody else
        and "{people_file}" not in sample  # Ana’s own
        and "{report}" not in sample  # Dev's own
        and "{line}" not in sample  # about Dev
        and "{caucus}" not in sample  # of Dev and Elu alone
        and "{own_join_request}" not in sample  # Dev’s own
        and "{parting}" not in sample  # left for Dev alone
        and "{caucus_door}" not in sample  # at which he has asked already
        and "{colleague}" not in sample  # of his organization
        and "signature}" not in sample  # Dev’s own, and that of his organization
    ]

    assert differences(cast, person, column, tries) == []


def test_everybody_of_the_cast_has_a_column():
    names = {person.first.lower() for person in CAST}

    assert sorted([*PEOPLE[1:], *SHARED]) == sorted(names)
    assert set(SHARED.values()) <= set(PEOPLE)


@pytest.mark.django_db
def test_whom_a_rule_does_not_admit_the_signed_out_are_led_to_the_log_in(nobody):
    answer = nobody.get("/account/profile/?a=1&b=2")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/account/login/?next=/account/profile/%3Fa%3D1%26b%3D2"
