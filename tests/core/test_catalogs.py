"""The words of the interface in other languages: none missing, none guessed, none left behind by the code."""

import shutil
import subprocess
import sys

import polib
import pytest
from django.conf import settings

from core.catalogs import catalogs, problems_of_catalog
from tests.project.source import tracked

#: Collects without our settings, which ask for more of the project than its words.
COLLECT = """
import django
from django.conf import settings
from django.core.management import call_command
settings.configure()
django.setup()
call_command("makemessages", locale=["es"], verbosity=0)
"""


def catalog(at, **entry):
    """A file with one message."""
    file = polib.POFile()
    file.append(polib.POEntry(**entry))
    file.save(str(at / "django.po"))
    file.save_as_mofile(str(at / "django.mo"))
    return at / "django.po"


def test_every_language_is_complete_and_compiled():
    assert [path.parts[-3] for path in catalogs()] == ["es"]
    assert [problem for path in catalogs() for problem in problems_of_catalog(path)] == []


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"msgid": "Save", "msgstr": ""}, ["“Save” is not translated."]),
        ({"msgid": "Save", "msgstr": "Guardar", "flags": ["fuzzy"]}, ["“Save” is only guessed (fuzzy)."]),
        ({"msgid": "by %(name)s", "msgstr": "de %(nombre)s"}, ["The translation of “by %(name)s” has other placeholders."]),
        ({"msgid": "<b>now</b>", "msgstr": "ahora"}, ["The translation of “<b>now</b>” has other placeholders."]),
        ({"msgid": "one day", "msgid_plural": "%(n)s days", "msgstr_plural": {0: "un día", 1: "%(n)s días"}}, []),
        ({"msgid": "one day", "msgid_plural": "%(n)s days", "msgstr_plural": {0: "un día", 1: ""}}, ["“one day” is not translated."]),
        ({"msgid": "25 percent of it", "msgstr": "el 25 por ciento"}, []),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(tmp_path, entry, said):
    found = [
        one for one in problems_of_catalog(catalog(tmp_path, **entry)) if "compiled" not in one
    ]

    assert found == said


def test_a_file_that_was_changed_after_it_was_compiled_is_named(tmp_path):
    path = catalog(tmp_path, msgid="Save", msgstr="Guardar")
    path.write_text(path.read_text().replace("Guardar", "Conservar"))

    assert ["compilemessages" in one for one in problems_of_catalog(path)] == [True]


def test_mail_and_dates_are_in_the_members_language(cast, mailoutbox):
    from accounts.notifications import second_factor_removed

    chioma = cast["chioma"]
    chioma.language = "es"
    chioma.save()
    second_factor_removed(chioma)

    (mail,) = mailoutbox
    assert "su cuenta" in mail.body
    assert " your " not in f"{mail.subject} {mail.body}"


@pytest.mark.once
def test_the_code_says_nothing_that_the_catalogs_do_not_know(tmp_path):
    """Collects the words anew, from a copy, and compares."""
    if shutil.which("xgettext") is None:
        pytest.skip("GNU gettext was not found, so the words of the code are not collected.")
    for path in tracked("*.py", "*.html", "*.txt"):
        name = path.relative_to(settings.ROOT)
        if name.parts[0] in ("tests", "scripts", "bench"):
            continue
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, tmp_path / name)
    (tmp_path / "locale/es/LC_MESSAGES").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-c", COLLECT], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    collected = {
        (one.msgctxt, one.msgid, one.msgid_plural)
        for one in polib.pofile(str(tmp_path / "locale/es/LC_MESSAGES/django.po"))
    }
    known = {(one.msgctxt, one.msgid, one.msgid_plural) for one in polib.pofile(str(catalogs()[0]))}
    assert collected - known == set()
    assert known - collected == set()
