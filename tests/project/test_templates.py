"""Templates hold no script, no style, no unchecked HTML; their words are read by test_words.py."""

import re

import pytest
from django.template.loader import get_template

from tests.project.source import ROOT, tracked

PAGES = tracked("templates/*.html")
INLINE = re.compile(
    r"""\|\s*safe\b|\{%\s*autoescape\s+off|<style|\sstyle\s*=|\son[a-z]+\s*=\s*["']|"""
    r"""<script(?![^>]*(?:\ssrc=|type="application/json"))[^>]*>""",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_is_clean(path):
    text = path.read_text()

    assert INLINE.findall(text) == []
    get_template(path.relative_to(ROOT / "templates").as_posix())


def test_html_is_vouched_for_in_one_place():
    wrong = [
        str(path.relative_to(ROOT))
        for path in tracked("*.py")
        if re.search(r"\b(mark_safe|SafeString)\(", path.read_text())
        and not str(path.relative_to(ROOT)).startswith(("core/text", "tests/"))
    ]
    assert wrong == []
