"""Who reports to whom: the file that the backbone brings in, what is wrong with it, and what those say whom it names."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from accounts.models import ReportingLine
from accounts.reporting import all_above
from accounts.reporting_lines import (
    can_dispute_line,
    can_see_line,
    dispute_line,
    lines_about,
    lines_visible_to,
    remove_line,
)
from core import register
from core.models import AuditEvent
from notices.models import Notice

pytestmark = pytest.mark.django_db

AT = "@riverton.example"


@pytest.fixture
def bring(tmp_path, capsys):
    """Write a file and import it; gives what was printed. Raises CommandError where it is refused."""

    def run(text, *options, encoding="utf-8"):
        path = tmp_path / "lines.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        call_command("import_reporting_lines", str(path), *options)
        return capsys.readouterr().out

    return run


def file_of(*pairs, between=",", head="member,reports_to"):
    rows = [f"{member}{AT}{between}{boss}{AT}" for member, boss in pairs]
    return "\n".join([head.replace(",", between), *rows]) + "\n"


def lines():
    rows = ReportingLine.objects.values_list("member__email", "boss__email")
    return {tuple(address.removesuffix(AT) for address in row) for row in rows}


def refusal(bring, text, *options):
    before = lines()
    with pytest.raises(CommandError) as caught:
        bring(text, *options)
    assert lines() == before
    return caught.value.returncode, str(caught.value).replace(AT, "")


def test_the_file_is_the_whole_list(bring):
    assert lines() == {("jo", "ben")}

    said = bring(file_of(("dev", "elu"), ("elu", "hana")))

    assert lines() == {("dev", "elu"), ("elu", "hana")}
    assert said.startswith("Imported: 2 new, 1 gone, 0 as they were.")
    assert (
        AuditEvent.objects.filter(verb="reporting_lines.imported").count() == 2
    )  # the demonstration


def test_with_keep_nothing_goes(bring):
    bring(file_of(("dev", "elu")), "--keep")

    assert lines() == {("jo", "ben"), ("dev", "elu")}


def test_a_second_time_there_is_nothing_to_do(bring):
    bring(file_of(("dev", "elu")))
    audit = AuditEvent.objects.count()

    code, said = refusal(bring, file_of(("dev", "elu")))

    assert (code, said) == (2, "All of it stands there already (1 lines); nothing was changed.")
    assert AuditEvent.objects.count() == audit


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (file_of(("dev", "elu")), "utf-8-sig"),
        (file_of(("dev", "elu"), between=";"), "cp1252"),
        (file_of(("dev", "elu"), between="\t"), "utf-16"),
        (file_of(("dev", "elu")).replace("\n", "\r\n"), "utf-8"),
        (file_of(("dev", "elu"), head="Member e-mail,Reports-to e-mail"), "utf-8"),
        ('"reports_to","Name","member"\n"elu@riverton.example","Zoë; D.","dev@riverton.example"\n', "cp1252"),
        (" DEV@riverton.example ,\u200bElu@Riverton.example\n\n , \n".replace("\u200b", ""), "utf-8"),
    ],
    ids=["mark", "semicolons", "utf-16", "windows", "long heads", "quoted, other order", "no head"],
)  # fmt: skip
def test_every_way_in_which_a_spreadsheet_writes_it(bring, text, encoding):
    bring(text, encoding=encoding)

    assert lines() == {("dev", "elu")}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("dev,elu\nzoe,elu", "Row 3 names zoe, and no member has this address."),
        ("dev,dev", "Row 2 says that dev reports to themselves."),
        ("dev,elu\nhana,elu\ndev,elu", "Row 4 says the same as row 2."),
        ("dev,", "Row 2 names nobody under reports_to."),
        (",elu", "Row 2 names nobody under member."),
        ("dev,elu,jo", "Row 2 has more than 2 cells."),
        ("dev,elu\nelu,dev", "Row 3 closes a circle of rows 2, 3, in which everybody would stand above themselves:"),
        ("dev,elu\nelu,hana\nhana,dev\njo,dev", "Row 4 closes a circle of rows 2, 3, 4,"),
    ],
)  # fmt: skip
def test_each_wrong_row_is_named_and_nothing_is_taken(bring, rows, said):
    full = "\n".join(
        ",".join(f"{cell}{AT}" if cell else "" for cell in row.split(","))
        for row in rows.split("\n")
    )

    code, told = refusal(bring, f"member,reports_to\n{full}\n")

    assert code == 1
    assert said in told
    assert told.startswith("1 row is wrong. Nothing was changed.")


def test_all_wrong_rows_are_said_at_once(bring):
    text = (
        file_of(("zoe", "elu"), ("dev", "dev"), ("dev", "elu"))
        + "no address,elu@riverton.example\n"
    )

    _code, told = refusal(bring, text)

    assert told.splitlines() == [
        "3 rows are wrong. Nothing was changed.",
        "  Row 2 names zoe, and no member has this address.",
        "  Row 3 says that dev reports to themselves.",
        "  Row 5 holds 'no address' under member, which is no e-mail address.",
    ]


def test_a_circle_with_lines_that_stay_is_seen(bring):
    code, told = refusal(bring, file_of(("ben", "jo")), "--keep")

    assert (code, "Row 2 closes a circle of rows 2" in told) == (1, True)
    bring(file_of(("ben", "jo")))
    assert lines() == {("ben", "jo")}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file holds no line"),
        (b"member,reports_to\n", "The file holds no line"),
        (b"name,team\nDev,North\n", 'The first row must name the two columns "member" and "reports_to"'),
        (b"PK\x03\x04\0\0", "This is no text file"),
        (b'member,reports_to\n"dev@riverton.example,elu@riverton.example\n', "a quotation mark is opened and not closed"),
        (b"x" * 5_000_001, "The file is larger than 5 MB"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used(bring, data, said):
    code, told = refusal(bring, data)

    assert (code, said in told) == (1, True), told
    assert "Nothing was changed" in told


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match=r"cannot be read: No such file or directory\. Nothing"):
        call_command("import_reporting_lines", str(tmp_path / "none.csv"))


def test_all_lines_go_when_that_is_said(bring):
    bring("member,reports_to\n", "--allow-empty")

    assert lines() == set()


def test_a_long_line_of_reporting_is_no_circle(bring, django_user_model):
    people = django_user_model.objects.bulk_create(
        django_user_model(email=f"n{number}{AT}") for number in range(1500)
    )
    pairs = [(f"n{number}", f"n{number + 1}") for number in range(1499)]

    bring(file_of(*pairs))

    assert len(all_above()[people[0].pk]) == 1499


def test_who_may_know_of_a_line(cast):
    line = ReportingLine.objects.get()
    named = {"jo", "ben"}
    for rule, rows, expected in (
        (can_see_line, lines_visible_to, {*named, "ana", "lena"}),
        (can_dispute_line, lines_about, named),
    ):
        can = {name for name, member in cast.items() if rule(member, line)}
        assert can == {name for name, one in cast.items() if line in rows(one)} == expected


def test_each_of_the_two_sees_it_with_one_press_beside(as_):
    assert "That you report to Ben Achterberg at work" in as_("jo").get("/account/visible/").text
    assert "That Jo Marsh reports to you at work" in as_("ben").get("/account/visible/").text
    assert "reports to" not in as_("dev").get("/account/visible/").text


def test_this_is_wrong_and_taking_it_back(cast, as_):
    line, jo = ReportingLine.objects.get(), as_("jo")
    address = f"/account/reporting/{line.pk}"

    for _ in range(2):
        jo.post(f"{address}/wrong/")

    told = Notice.objects.filter(kind="accounts.line_disputed")
    assert sorted(one.member.email for one in told) == [f"ana{AT}", f"lena{AT}"]
    assert "A reporting line is said to be wrong" in as_("ana").get("/account/notices/").text
    assert "Jo Marsh reports to Ben Achterberg" in as_("ana").get("/account/reporting/").text
    assert all_above()[cast["jo"].pk] == {cast["ben"].pk}  # it counts all the same
    assert "It is right after all" in jo.get("/account/visible/").text
    jo.post(f"{address}/right/")
    assert ReportingLine.objects.get().disputed_at is None
    assert "is said to be wrong" not in as_("ana").get("/account/notices/").text


def test_an_import_forgets_no_dispute(cast, bring):
    dispute_line(line=ReportingLine.objects.get(), by=cast["jo"])

    bring(file_of(("jo", "ben"), ("dev", "elu")))

    assert ReportingLine.objects.get(member=cast["jo"]).disputed_at is not None


@pytest.mark.parametrize("name", ["dev", "gus", "mo"])
def test_nobody_else_says_or_removes_anything(cast, name):
    """A3."""
    line = ReportingLine.objects.get()
    for act in (dispute_line, remove_line):
        with pytest.raises(PermissionDenied):
            act(line=line, by=cast[name])

    assert ReportingLine.objects.get().disputed_at is None


def test_the_backbone_takes_a_wrong_line_out(as_):
    line = ReportingLine.objects.get()

    as_("ana").post(f"/account/reporting/{line.pk}/remove/")

    assert lines() == set()
    assert AuditEvent.objects.filter(verb="reporting_line.removed").count() == 1


def test_export_and_leaving(cast):
    """F1, F5."""
    holding = next(one for one in register.holdings() if one.name == "accounts")

    exported = holding.export(cast["jo"])["reporting_lines"]
    assert [(row["member"], row["reports_to"]) for row in exported] == [("Jo Marsh", "Ben Achterberg")]  # fmt: skip
    for step in holding.erase(cast["ben"]):
        step()

    assert lines() == set()
