"""Nothing points up the tower: no import, no foreign key, no address name, no dotted name in a string."""

import re

from django.apps import apps

from tests.project.source import (
    HEIGHT,
    ROOT,
    app_of,
    app_of_module,
    floor_of,
    imports,
    may_use,
    python_files,
    strings,
    tracked,
)

NAME = re.compile(r"^([a-z_]+):[a-z_]+$")
DOTTED = re.compile(r"^([a-z_]+(?:\.[a-zA-Z_]+)+)$")
URL_TAG = re.compile(r"""{%\s*url\s+["']([a-z_]+):""")
INCLUDED = re.compile(r"""{%\s*(?:include|extends)\s+["']([a-z_]+)/""")
LOADED = re.compile(r"{%\s*load\s+([^%]+)%}")


def shown(path, line):
    return f"{path.relative_to(ROOT)}:{line}"


def test_imports_point_down():
    wrong = [
        f"{shown(path, line)} imports {name}"
        for path in python_files()
        for line, name in imports(path)
        if (user := app_of(path)) and (used := app_of_module(name)) and not may_use(user, used)
    ]
    assert wrong == []


def test_foreign_keys_point_down():
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in HEIGHT
        for field in model._meta.get_fields()
        if field.many_to_one and field.concrete and field.related_model._meta.app_label in HEIGHT
        if not may_use(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert wrong == []


def test_the_kernel_has_no_foreign_key_to_an_app():
    wrong = [
        field
        for model in apps.get_app_config("core").get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete
    ]
    assert wrong == []


def test_names_in_strings_point_down():
    """Names of addresses (`home:today_show`) and of things in apps (`cohorts.Cohort`).

    `Privacy` may name a control further up: it is a word for the reader, resolved when the page is made.
    """
    wrong = []
    for path in python_files():
        user = app_of(path)
        if user is None or path.name in {"holdings.py"}:
            continue
        text = path.read_text().splitlines()
        for line, value in strings(path):
            found = NAME.match(value) or DOTTED.match(value)
            used = app_of_module(found[1]) if found else None
            if used and not may_use(user, used) and "control=" not in text[line - 1]:
                wrong.append(f"{shown(path, line)} names {value}")
    assert wrong == []


def test_templates_point_down():
    wrong = []
    for path in tracked("templates/*.html", "templates/*.txt"):
        user = app_of(path)
        text = path.read_text()
        used = set(URL_TAG.findall(text)) | set(INCLUDED.findall(text))
        for app in sorted(used & set(HEIGHT)):
            if user is None:
                wrong.append(f"{path.relative_to(ROOT)} belongs to all and names {app}")
            elif user is not None and not may_use(user, app):
                wrong.append(f"{path.relative_to(ROOT)} names {app}")
    assert wrong == []


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
