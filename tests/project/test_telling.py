"""`/privacy/` and `docs/privacy.md` tell the same, of everything that is kept, and no more than the code does."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.utils.html import escape

from accounts.positions import KEY_ENDS, KEY_ENDS_HELD_BY, POSITIONS
from accounts.telling_document import as_markdown, with_tellings
from accounts.telling_page import parts, tellings
from core import register
from core.crypto.fields import EncryptedTextField
from core.models import OwnerKind
from core.privacy import Audience, declared_fields, own_models, seen_by
from core.telling import SWEEP

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "privacy.md"

#: What must be told of, whatever else is.
ASKED_FOR = {
    "profile", "roles", "suspension", "signing-in", "own-copy", "leaving", "lessons", "journal", "pair", "check-ins", "pair-notes",
    "excerpts", "matching", "rounds", "commitments", "published-commitments", "letter", "signatures", "cohort", "cohort-talk",
    "meetings", "attendance", "numbers", "caucus", "caucus-membership", "caucus-posts", "stops", "reports", "invitations", "imports", "desk",
    "notices", "mail", "acts", "keys", "server-log", "backups",
}  # fmt: skip


def told():
    """Every telling by its name."""
    return {telling.name: telling for telling in tellings()}


def models_of(telling):
    return [apps.get_model(label) for label in telling.models]


def sealed_kinds(model):
    """Under whose keys fields of this model are sealed."""
    kinds = set()
    for field in model._meta.local_fields:
        if isinstance(field, EncryptedTextField):
            # Rows of one model with owners of several kinds: members, and organizations whose roles promise something.
            kinds |= (
                {OwnerKind.MEMBER, OwnerKind.ORGANIZATION}
                if field.kind_in
                else {OwnerKind(field.kind)}
            )
    return kinds


@cache
def stories_in(file):
    path = ROOT / file
    if not path.is_file():
        return set()
    return {
        node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)
    }  # fmt: skip


def missing(stories):
    """Those of the stories that do not exist."""
    return [one for one in stories if one.partition("::")[2] not in stories_in(one.partition("::")[0])]  # fmt: skip


def forgotten(models, some_tellings):
    """Labels of models that nobody tells of, and those that several do."""
    labels = [label for telling in some_tellings for label in telling.models]
    return sorted({model._meta.label for model in models} ^ set(labels)), sorted(
        {label for label in labels if labels.count(label) > 1}
    )


def declared_circles(telling):
    """Whoever may read a part of what this telling tells of, by the declarations."""
    fields = [field for model in models_of(telling) for field in declared_fields(model).values()]
    return {circle for field in fields for circle in field.audience} - {Audience.NOBODY}


def test_every_model_is_told_of_once_by_who_holds_it():
    assert forgotten(own_models(), tellings()) == ([], [])
    for holding in register.holdings():
        of_others = {
            label for telling in holding.told for label in telling.models
        } - set(holding.models)  # fmt: skip
        assert of_others == set(), holding.name


def test_a_model_that_nobody_tells_of_is_named():
    """The rule sees something: without the journal's telling its rows are forgotten."""
    others = [telling for name, telling in told().items() if name != "journal"]

    assert forgotten(own_models(), others)[0] == [
        "journal.Choice",
        "journal.Draft",
        "journal.Entry",
    ]


def test_what_was_asked_for_is_told_of():
    assert sorted(ASKED_FOR - set(told())) == []


def test_names_are_addresses_on_the_page_and_each_is_used_once():
    names = [telling.name for telling in tellings()]

    assert len(names) == len(set(names))
    assert not set(names) & {"short", "contents", "more", "cookies"}
    assert all(name.replace("-", "").isalnum() for name in names)


def test_every_claim_names_stories_that_exist():
    claims = {telling.name: telling.held_by for telling in tellings()}
    claims |= {f"from-{position.name}": position.held_by for position in POSITIONS}
    claims |= {f"key-{kind}": stories for kind, stories in KEY_ENDS_HELD_BY.items()}

    assert {name: missing(stories) for name, stories in claims.items() if missing(stories)} == {}
    assert [name for name, stories in claims.items() if not stories] == []
    assert set(KEY_ENDS) == set(KEY_ENDS_HELD_BY) == set(OwnerKind)


def test_a_story_that_does_not_exist_is_named():
    made_up = ("tests/project/test_telling.py::test_of_nothing", "tests/nowhere.py::test_it")

    assert missing([*made_up, SWEEP]) == list(made_up)


def test_who_reads_it_is_who_may_by_the_declarations():
    """Whoever widens a declaration has to say so on the page."""
    wrong = {
        telling.name: declared_circles(telling) ^ telling.circles
        for telling in tellings()
        if declared_circles(telling) != telling.circles
    }

    assert wrong == {}


def test_a_circle_that_is_not_told_of_is_seen(monkeypatch):
    from accountability.journal.models import Entry

    wider = seen_by(Audience.BACKBONE, why="", class_s=True)
    monkeypatch.setitem(Entry.Privacy.fields, "tags", wider)

    assert declared_circles(told()["journal"]) == {Audience.AUTHOR, Audience.BACKBONE}


def test_what_is_sealed_is_told_as_sealed_under_the_right_keys_and_nothing_else_is():
    """One's own copy is a file that is sealed under its member's key, beside a row that is not."""
    sealed = {
        telling.name: {kind for model in models_of(telling) for kind in sealed_kinds(model)}
        for telling in tellings()
    } | {"own-copy": {OwnerKind.MEMBER}}

    assert {one.name: set(one.keys) for one in tellings()} == sealed
    assert {one.name for one in tellings() if one.sealed} == {name for name, kinds in sealed.items() if kinds}  # fmt: skip
    assert [one.name for one in tellings() if not str(one.readable)] == []


def test_whatever_holds_class_s_is_held_by_the_sweep_for_canaries():
    without = [
        telling.name
        for telling in tellings()
        if SWEEP not in telling.held_by
        for model in models_of(telling)
        if any(field.class_s for field in declared_fields(model).values())
    ]

    assert without == []


def test_how_long_it_is_kept_is_said_in_the_words_of_retention():
    ages = {str(row.what) for holding in register.holdings() for row in holding.retention}
    named = {str(what) for telling in tellings() for what in telling.kept}

    assert sorted(named - ages) == []
    assert sorted(ages - named) == []
    assert [one.name for one in tellings() if not (one.kept or str(one.how_long))] == []


@pytest.mark.django_db
def test_the_page_says_every_sentence_under_a_heading_of_its_own(nobody):
    page = nobody.get("/privacy/").text

    kinds = [kind for part in parts() for kind in part.kinds]
    assert len(kinds) == len(tellings())
    for kind in kinds:
        assert page.count(f'id="{kind.name}"') == 1, kind.name
        assert f'href="#{kind.name}"' in page
        assert len(kind.lines) == 6
        for line in kind.lines:
            assert escape(line.words) in page, (kind.name, line.about)
    for position in POSITIONS:
        assert escape(str(position.words)) in page
    assert "<table" not in page
    assert [part.title for part in parts() if not part.kinds] == []


@pytest.mark.django_db
def test_the_page_asks_the_database_for_its_frame_alone(nobody, django_assert_num_queries):
    nobody.get("/privacy/")
    with django_assert_num_queries(1):
        nobody.get("/privacy/")


def test_the_document_says_the_same():
    """When this fails: `manage.py tell_privacy`."""
    document = DOCUMENT.read_text(encoding="utf-8")

    assert as_markdown() in document
    assert with_tellings(document) == document


def test_a_document_that_says_something_else_is_made_anew():
    begin, end = as_markdown().splitlines()[0], as_markdown().splitlines()[-1]

    made = with_tellings(f"Before.\n{begin}\nAn older story.\n{end}\nAfter.\n")

    assert made == f"Before.\n{as_markdown()}\nAfter.\n"
    with pytest.raises(ValueError, match="lacks the marks"):
        with_tellings("A document without them.")


def test_a_kind_that_is_sealed_never_says_that_nobody_could_open_it():
    """Whoever has the keyring could, and a court can order them: both are said of each."""
    for part in parts():
        for kind in part.kinds:
            said = {line.about: line.words for line in kind.lines}
            if told()[kind.name].sealed:
                assert "has the keyring could read all of it" in said["Who technically could"]
                assert "With both databases and the keyring" in said["What a court could ask for"]
