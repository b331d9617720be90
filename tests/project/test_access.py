"""Every address, by GET and POST, for every kind of person, against one written table (tests/project/access.txt)."""

import pytest

from core.routes import routes
from tests.project.source import ROOT
from tests.project.walk import PEOPLE, client_of, made_for_dev, status


def rows(admin=None):
    """The lines of the table: route, address, statuses by GET, statuses by POST."""
    text = (ROOT / "tests" / "project" / "access.txt").read_text()
    lines = [line.split("#")[0] for line in text.splitlines() if not line.startswith("#")]
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
        "staff",
    }
    assert [
        route.route
        for route in routes()
        if route.route.startswith("admin/") and route.route not in shut and route.rule != "staff"
    ] == []


@pytest.mark.django_db
@pytest.mark.parametrize("person", PEOPLE)
def test_each_gets_what_the_table_says(cast, person):
    made, client = made_for_dev(cast), client_of(cast.get(person))
    column = PEOPLE.index(person)
    wrong = []
    for _route, sample, by_get, by_post in rows():
        address = "/" + sample.format(**made).lstrip("/")
        for method, written in (("GET", by_get), ("POST", by_post)):
            expected = int(written.split()[column])
            found = status(client, method, address)
            if found != expected:
                wrong.append(f"{method} /{sample} gives {person} {found}, not {expected}")
    assert wrong == []


@pytest.mark.django_db
def test_whom_a_rule_does_not_admit_the_signed_out_are_led_to_the_log_in(nobody):
    answer = nobody.get("/account/profile/?a=1&b=2")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/account/login/?next=/account/profile/%3Fa%3D1%26b%3D2"
