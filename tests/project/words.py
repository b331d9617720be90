"""Finds words for people that nobody could translate: in templates and their attributes, and in what Python says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

#: Words that are the same in every language.
NAMES = {"Lodestar", "Español", "English", "JSON"}
SPOKEN = ("aria-label", "aria-description", "alt", "title", "placeholder")
MARKED = re.compile(r"{%-?\s*(blocktranslate|blocktrans|comment)\b.*?{%-?\s*end\1\s*%}", re.S)
TRANSLATED = re.compile(r"{%\s*(?:translate|trans)\s.*?%}", re.S)
REST = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)
#: A sentence handed on inside a tag, or what stands in for an empty value.
IN_A_TAG = re.compile(r"""{%[^%]*?=["']([^"'%]*[A-Za-z]{2,} [^"'%]*)["'][^%]*%}""")
INSTEAD = re.compile(r"""\|(?:default|default_if_none|yesno):["']([A-Z][^"']+|[^"']+ [^"']+)["']""")
WORD = re.compile(r"[^\W\d_]{2,}")
#: Elements whose content is for machines.
MACHINE = {"script", "style"}


class _Reader(HTMLParser):
    """Collects what a person would see or hear."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.inside: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag if tag in MACHINE else None
        self.found += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.inside = None

    def handle_data(self, data: str) -> None:
        if self.inside is None:
            self.found.append(data)


def words_of_template(text: str) -> list[str]:
    """The words of a template that are not handed to gettext."""
    text = TRANSLATED.sub("", MARKED.sub("", text))
    found = IN_A_TAG.findall(text) + INSTEAD.findall(text)
    reader = _Reader()
    reader.feed(REST.sub("", text))
    reader.close()
    return [
        " ".join(part.split())
        for part in (*found, *reader.found)
        if set(WORD.findall(part)) - NAMES
    ]


#: Calls whose argument at this place is a sentence for a person.
SENTENCES = {
    "success": 1, "info": 1, "warning": 1, "error": 1, "debug": 1, "add_message": 2, "ValidationError": 0,
    "PermissionDenied": 0, "require": 1, "add_error": 1, "NoticeKind": 1, "Retention": 0, "Visible": 0,
}  # fmt: skip
#: Levels of messages are names of the log's as well; only those of `messages` speak to people.
ONLY_MESSAGES = {"success", "info", "warning", "error", "debug", "add_message"}
LABELS = {"label", "help_text", "verbose_name", "verbose_name_plural", "heading", "empty_label"}
CHOICES = {"TextChoices", "IntegerChoices"}


def words_of_python(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of each sentence, label and choice that is a bare string."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _bare(_said(node))
        elif isinstance(node, ast.ClassDef) and {_name(base) for base in node.bases} & CHOICES:
            yield from _bare(_labels(node))
        elif isinstance(node, ast.ClassDef) and node.name == "Meta":
            yield from _bare(
                line.value
                for line in node.body
                if isinstance(line, ast.Assign) and {_name(t) for t in line.targets} & LABELS
            )


def _said(call: ast.Call) -> Iterator[ast.expr]:
    name = _name(call.func)
    place = SENTENCES.get(name)
    if name in ONLY_MESSAGES and not (
        isinstance(call.func, ast.Attribute) and _name(call.func.value) == "messages"
    ):
        place = None
    if place is not None and len(call.args) > place:
        yield call.args[place]
    yield from (keyword.value for keyword in call.keywords if keyword.arg in LABELS)


def _labels(choices: ast.ClassDef) -> Iterator[ast.expr]:
    for line in choices.body:
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple):
            yield line.value.elts[-1]


def _bare(values: Iterator[ast.expr]) -> Iterator[tuple[int, str]]:
    """What is a string itself, or would be one: parts of a sum, of a list, of a choice between two."""
    for value in values:
        for node in _parts(value):
            text = node.value if isinstance(node, ast.Constant) else ast.unparse(node)
            if isinstance(text, str) and WORD.search(text):
                yield node.lineno, text


def _parts(value: ast.expr) -> Iterator[ast.expr]:
    if isinstance(value, ast.Constant | ast.JoinedStr):
        yield value
    elif isinstance(value, ast.BinOp):
        yield from _parts(value.left)
        yield from _parts(value.right) if isinstance(value.op, ast.Add) else ()
    elif isinstance(value, ast.IfExp):
        yield from (part for branch in (value.body, value.orelse) for part in _parts(branch))
    elif isinstance(value, ast.List | ast.Tuple | ast.Dict):
        inner = value.values if isinstance(value, ast.Dict) else value.elts
        yield from (part for each in inner for part in _parts(each))


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
