"""A file of people, as spreadsheets and as enemies write it: rows and sentences, never a fault (threats F4, G1)."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cohorts.choices import FileProblem
from cohorts.member_file import FileRow, Unusable, rows_in, text_in


def read(data):
    return list(rows_in(text_in(data)))


def refused(data):
    with pytest.raises(Unusable) as caught:
        read(data)
    return caught.value


ANA, BO = "ana@a.example", "bo@b.example"


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_commas_semicolons_and_tabs_with_any_line_end(between, ends):
    text = ends.join([f"email{between}role", f"{ANA}{between}facilitator", f"{BO}{between}", ""])

    rows = read(text.encode())

    assert [(row.email, row.as_facilitator) for row in rows] == [(ANA, True), (BO, False)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
def test_every_encoding_that_spreadsheets_write(encoding):
    data = f"correo electrónico;nombre;función\n{ANA};Chioma Núñez;participante\n".encode(encoding)

    assert read(data) == [FileRow(2, ANA)]


@pytest.mark.parametrize(
    ("head", "role", "facilitates"),
    [
        ("E-Mail,Role", "FACILITATOR", True),
        ("Email address,Role", " participant ", False),
        ("Correo,Rol", "facilitadora", True),
        ("Dirección de correo,Papel", "Participante", False),
        ("correo-e,Función", "", False),
    ],
)
def test_the_head_may_be_english_or_spanish(head, role, facilitates):
    assert read(f"{head}\n{ANA},{role}".encode()) == [FileRow(2, ANA, facilitates)]


def test_the_columns_stand_in_any_order_and_a_name_is_not_read():
    rows = read(f"name,role,email,shoe size\nAna R.,,{ANA},38".encode())

    assert rows == [FileRow(2, ANA)]
    assert "Ana R." not in str(rows)


def test_a_list_of_addresses_needs_no_head():
    assert read(f"{ANA}\n\n {BO.upper()} \n".encode()) == [FileRow(1, ANA), FileRow(3, BO)]
    assert read(f"{ANA},facilitator\n{BO},participant".encode()) == [FileRow(1, ANA, True), FileRow(2, BO)]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "empty"),
        ("ana", "no_address"),
        ("ana@", "no_address"),
        ("ana@a.example, bo@b.example", "no_address"),
        ('=HYPERLINK(""http://x.example"")', "formula"),
        ("@ana", "formula"),
        ("-ana@a.example", "formula"),
        ("+1-ana@a.example", "formula"),
        ("a" * 250 + "@a.example", "too_long"),
        ("ana\x07@a.example", "control"),
        ("ana@a\u202e.example", "control"),
        ("ana@a\u200b.example", "control"),
        ("ana@a.example\nBcc: bo@b.example", "control"),
    ],
)
def test_what_is_no_address_is_refused_with_its_reason(cell, reason):
    """E6, F4."""
    rows = read(f'name,email\nAna,"{cell}"\nBo,{BO}'.encode())

    if reason == "control" and "\n" in cell:
        reason = "no_address"  # a line end inside a cell is nothing unseen, and no address either
    assert [row.reason for row in rows] == [reason, ""]
    assert rows[0].email == ""


def test_a_role_that_we_do_not_know_and_a_cell_too_many():
    rows = read(f"email,role\n{ANA},king\n{ANA},participant,more\n{BO},participant,".encode())

    assert [(row.number, row.reason) for row in rows] == [(2, "role"), (3, "cells"), (4, "")]


@pytest.mark.parametrize(
    ("data", "problem", "row"),
    [
        (b"", FileProblem.NO_ROWS, 0),
        (b"\n\n , \n", FileProblem.NO_ROWS, 0),
        (b"email,role\n", FileProblem.NO_ROWS, 0),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", FileProblem.NO_TEXT, 0),
        (b"\xff\xfe\x00", FileProblem.NO_TEXT, 0),
        (b"first,second\nx,y", FileProblem.HEAD, 0),
        (b"email,e-mail\nx,y", FileProblem.HEAD, 0),
        (b'email\n"open\n', FileProblem.QUOTES, 2),
        (b"email\n" + b"a" * 200_000, FileProblem.QUOTES, 2),
        (b"x" * 1_000_001, FileProblem.TOO_BIG, 0),
        (b"email\n" + b"a@b.example\n" * 10_001, FileProblem.TOO_MANY, 0),
    ],
)
def test_what_cannot_be_used_at_all_is_said_in_a_sentence(data, problem, row):
    """G1, G6."""
    said = refused(data)

    assert (said.problem, said.row) == (problem, row)
    assert str(said).endswith((".", "itself."))
    assert "%(" not in str(said)


def test_ten_thousand_rows_are_not_too_many():
    assert len(read(b"email\n" + b"a@b.example\n" * 10_000)) == 10_000


CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from([ANA, "=1+1", '"', "email", "role", "facilitator", "\x00", "\u202e", "\u0131@a.example"]),
)  # fmt: skip


@given(st.binary(max_size=300))
@example(b"\xff\xfe\n\xd8")
@example(b"@")
def test_whatever_bytes_are_sent_the_answer_is_rows_or_a_sentence(data):
    _rows_or_a_sentence(data)


@given(st.lists(st.lists(CELLS, max_size=4), max_size=8), st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-16", "cp1252"]))  # fmt: skip
def test_whatever_table_is_sent_the_answer_is_rows_or_a_sentence(rows, between, encoding):
    text = "\n".join(["email" + between + "role", *(between.join(cells) for cells in rows)])
    _rows_or_a_sentence(text.encode(encoding, errors="replace"))


def _rows_or_a_sentence(data):
    try:
        rows = read(data)
    except Unusable as problem:
        rows = [FileRow(1, reason=str(problem))]
        assert rows[0].reason.endswith(".")
    assert rows
    for row in rows:
        assert bool(row.email) or row.reason
        assert len(row.email) <= 254
        assert not row.email.startswith(("=", "+", "-", "@"))
