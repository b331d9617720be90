"""Every word for people can be translated: in templates, in their attributes, in mails, and in what Python says."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from tests.project.known import KNOWN_WORDS
from tests.project.source import parsed, python_files, shown, tracked
from tests.project.words import words_of_python, words_of_template

#: Holds attributes of an element and nothing else.
ATTRIBUTES = "templates/allauth/elements/field_attributes.html"


def in_templates():
    return {
        shown(path): words
        for path in tracked("templates/*.html", "templates/*.txt")
        if shown(path) != ATTRIBUTES
        if (words := words_of_template(path.read_text()))
    }


def in_python():
    return {
        shown(path): words
        for path in python_files()
        if (words := [text for _line, text in words_of_python(parsed(path))])
    }


def test_templates_say_nothing_that_cannot_be_translated():
    assert {name: words for name, words in in_templates().items() if name not in KNOWN_WORDS} == {}


def test_python_says_nothing_that_cannot_be_translated():
    assert {name: words for name, words in in_python().items() if name not in KNOWN_WORDS} == {}


def test_every_known_exception_still_exists():
    assert set(KNOWN_WORDS) - set(in_templates()) - set(in_python()) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<h1>Modules</h1>", ["Modules"]),
        ("<p>{% translate 'Read on' %} and stop</p>", ["and stop"]),
        ("<p>{% translate 'Read on' %} · 3 / {{ count }}</p>", []),
        ('<a aria-label="Close" href="/x/">{{ name }}</a>', ["Close"]),
        ('<img alt="A map of {{ city }}">', ["A map of"]),
        ("<input placeholder=\"{% translate 'Search' %}\">", []),
        ('<button title="Close"></button>', ["Close"]),
        ("{% blocktranslate trimmed %}One <b>lesson</b>{% endblocktranslate %}", []),
        ("{# a note for us #}{% comment %}and another{% endcomment %}", []),
        ('{% include "x.html" with title="No lessons yet" %}', ["No lessons yet"]),
        ("{{ name|default:'Nobody' }}", ["Nobody"]),
        ('{{ name|default:"Lodestar" }}', []),
        ('<script type="application/json">{"ids": {"login": "key"}}</script>', []),
    ],
)
def test_a_word_in_a_template_is_seen(text, found):
    assert words_of_template(text) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("messages.success(request, 'Saved.')", ["Saved."]),
        ("messages.success(request, _('Saved.'))", []),
        ("messages.success(request, _('Saved %(n)d.') % {'n': 3})", []),
        ("log.error('Mail is away: %s', name)", []),
        ("raise ValidationError(f'{name} is taken')", ["f'{name} is taken'"]),
        ("raise ValidationError({'name': 'Too long.'})", ["Too long."]),
        ("require(allowed, 'Ask a facilitator.')", ["Ask a facilitator."]),
        ("form.add_error('name', 'Too long.')", ["Too long."]),
        ("forms.CharField(label='Name', help_text=_('As others see it'))", ["Name"]),
        ("PermissionDenied(sentence or _('No.'))", []),
        ("class Kind(models.TextChoices):\n    NOW = 'now', 'At once'", ["At once"]),
        ("class Kind(models.TextChoices):\n    NOW = 'now', _('At once')", []),
        ("class Meta:\n    verbose_name = 'cohort'", ["cohort"]),
    ],
)
def test_a_word_in_python_is_seen(source, found):
    assert [text for _line, text in words_of_python(ast.parse(source))] == found


def test_translations_have_a_place():
    assert [path for path in settings.LOCALE_PATHS if not Path(path).is_dir()] == []
