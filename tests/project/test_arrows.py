"""Nothing points up the tower: no import, no relation, no name of an address, no address, no dotted name in a string."""

import re
from uuid import UUID

import pytest
from django.apps import apps
from django.urls import resolve

from tests.project.known import KNOWN_ARROWS
from tests.project.source import (
    CAUCUS_ROOMS,
    HEIGHT,
    ROOT,
    addresses,
    app_of,
    app_of_module,
    floor_of,
    imports,
    may_use,
    owner_of_address,
    python_files,
    shown,
    strings,
    tracked,
)
from tests.project.test_access import rows

NAME = re.compile(r"^([a-z_]+):[a-z_]+$")
DOTTED = re.compile(r"^([a-z_]+(?:\.[a-zA-Z_]+)+)$")
TEMPLATE = re.compile(r"^([a-z_]+)/[a-z0-9_/]+\.(?:html|txt)$")
URL_TAG = re.compile(r"""{%\s*url\s+["']([a-z_]+):""")
INCLUDED = re.compile(r"""{%\s*(?:include|extends)\s+["']([a-z_]+)/""")
SAMPLE = re.compile(r"{\w+}")
LOADED = re.compile(r"{%\s*load\s+([^%]+)%}")
TEMPLATES = tracked("templates/*.html", "templates/*.txt")
JOURNAL = "accountability.journal"
MAY_READ_THE_JOURNAL = ("accountability/journal/", "accountability/sharing/")


def test_imports_point_down():
    wrong = [
        f"{shown(path, line)} imports {name}"
        for path in python_files()
        for line, name in imports(path)
        if (user := app_of(path)) and (used := app_of_module(name)) and not may_use(user, used)
    ]
    assert wrong == []


def test_relations_point_down():
    """Foreign keys, one-to-one and many-to-many alike."""
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in HEIGHT
        for field in model._meta.get_fields()
        if field.concrete and (field.many_to_one or field.one_to_one or field.many_to_many)
        if field.related_model._meta.app_label in HEIGHT
        if not may_use(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert wrong == []


def test_the_kernel_has_no_relation_to_an_app():
    wrong = [
        field
        for model in apps.get_app_config("core").get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete
    ]
    assert wrong == []


def named_apps(text):
    """The apps that a string of the code names: an address's name, a dotted name, a template, an address."""
    for pattern in (NAME, DOTTED, TEMPLATE):
        if (found := pattern.match(text)) and (used := app_of_module(found[1])):
            yield used
    yield from (owner for address in addresses(text) if (owner := owner_of_address(address)))


def templates_apps(text):
    """The apps that a template names: in tags, and as addresses."""
    yield from set(URL_TAG.findall(text) + INCLUDED.findall(text)) & set(HEIGHT)
    for names in LOADED.findall(text):
        yield from (LIBRARIES[name] for name in names.split() if name in LIBRARIES)
    yield from (owner for address in addresses(text) if (owner := owner_of_address(address)))


#: Which app a `{% load %}` is from.
LIBRARIES = {
    path.stem: app_of(path)
    for path in tracked("*/templatetags/*.py")
    if path.stem != "__init__" and app_of(path)
}


def arrows():
    """Every string of the code and every template that names an app which its own may not use."""
    for path in python_files():
        user = app_of(path)
        for line, text in strings(path) if user else ():
            yield from (
                (shown(path), used, f"{shown(path, line)} names {text!r}, which is of {used}")
                for used in named_apps(text)
                if not may_use(user, used)
            )
    for path in TEMPLATES:
        user = app_of(path)
        for used in sorted(set(templates_apps(path.read_text()))):
            # What belongs to all stands as low as the kernel.
            if not may_use(user or "core", used):
                yield shown(path), used, f"{shown(path)} names something of {used}"


def test_no_string_and_no_template_points_up():
    assert [words for path, used, words in arrows() if (path, used) not in KNOWN_ARROWS] == []


def test_every_known_exception_still_exists():
    """An exception that is no longer needed would hide the next fault: take it out of `known.py`."""
    assert set(KNOWN_ARROWS) - {(path, used) for path, used, _words in arrows()} == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("home:today_show", ["home"]),
        ("cohorts.Cohort", ["cohorts"]),
        ("curriculum.glossary.models.Term", ["glossary"]),
        ("home/today_show.html", ["home"]),
        ("/today/?kept=1", ["home"]),
        ("Disallow: /account/", ["accounts"]),
        ("/account/notices/", ["notices"]),
        ("/learn/how-redlining-worked/", ["curriculum"]),
        ("account_login", []),
        ("Learn today / tomorrow", []),
        ("/healthz", []),
    ],
)
def test_a_name_in_a_string_is_seen(text, found):
    assert list(named_apps(text)) == found


def test_a_name_in_a_template_is_seen():
    text = (
        """{% load i18n lessons %}{% include "home/week.html" %}<a href="/cohorts/{{ slug }}/">"""
    )

    assert sorted(templates_apps(text)) == ["cohorts", "curriculum", "home"]


def test_the_table_of_addresses_is_the_urlconf():
    """Whose page stands where, as the rule above believes it and as a request would find it."""
    wrong = []
    for _route, sample, *_statuses in rows(admin=False):
        if (
            sample
            in {
                "",
                "{invitation}",
                "journal/{none}/share/",
            }
        ):  # the front page is nobody's; an invitation is made by its test; sharing goes on where an entry's address ends
            continue
        address = "/" + SAMPLE.sub(str(UUID(int=1)), sample)
        module = resolve(address).func.__module__
        owner = app_of_module(module)
        if owner in CAUCUS_ROOMS and address.startswith("/caucuses/"):
            owner = "caucuses"  # its rooms stand under its own addresses
        if owner == "bringback" and address.startswith("/cohorts/"):
            owner = "cohorts"  # notes go on where a cohort's address ends
        of_a_cohort = ("/insights", "/pulse/", "/spring/progress/")
        if owner == "backbone" and any(part in address for part in of_a_cohort):
            owner = "cohorts"  # so do the numbers about it, its pulses, and progress by name
        shut = module == "accounts.shut_doors"  # addresses of packages that lead elsewhere
        if not shut and owner not in {None, "core", owner_of_address(address)}:
            wrong.append(f"{address} is of {owner}, not of {owner_of_address(address)}")
    assert wrong == []


def strangers(files):
    """Who reads the journal without being a part of it, its views or its sharing."""
    for path in files:
        names = [name for _line, name in imports(path)] + [text for _line, text in strings(path)]
        if not shown(path).startswith(MAY_READ_THE_JOURNAL) and any(
            name.startswith((f"{JOURNAL}.", "journal.")) or name == JOURNAL for name in names
        ):
            yield shown(path)


def test_nobody_imports_the_journal_but_itself_and_sharing():
    """The addresses and the list of installed apps name it; nobody else does."""
    assert set(strangers(python_files())) <= {"config/urls.py", "config/settings/base.py"}


def test_a_stranger_to_the_journal_is_seen(tmp_path):
    for number, line in enumerate(
        ("from accountability.journal.models import Entry", "import accountability.journal", "KEY = 'journal.Entry'")
    ):  # fmt: skip
        (tmp_path / f"reader{number}.py").write_text(line + "\n")

    assert sorted(strangers(tmp_path.glob("*.py"))) == ["reader0.py", "reader1.py", "reader2.py"]


def test_inside_an_app_imports_go_down_the_floors():
    wrong = [
        f"{shown(path, line)} imports {name}"
        for path in python_files()
        for line, name in imports(path)
        if app_of(path) == app_of_module(name) and app_of(path) not in {None, "core"}
        if (here := floor_of(".".join(path.relative_to(ROOT).with_suffix("").parts))) is not None
        if (there := floor_of(name)) is not None
        if there > here
    ]
    assert wrong == []
