"""A wrong value stops the start with a sentence that names the variable."""

import base64
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = bytes(range(32))


def keyring(current: str = "k1") -> str:
    return json.dumps({"current": current, "keys": {"k1": base64.b64encode(KEY).decode()}})


WITHOUT_KEYS = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789-abcdefgh",
    "ALLOWED_HOSTS": "equity.example.org",
    "SITE_URL": "https://equity.example.org",
}
GOOD = {**WITHOUT_KEYS, "FIELD_KEYS": keyring()}


def start(tmp_path: Path, module: str, **given: str) -> subprocess.CompletedProcess[str]:
    return run(tmp_path, f"import config.settings.{module}", **given)


def run(tmp_path: Path, command: str, **given: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "LODESTAR_VAR": str(tmp_path), **given}
    return subprocess.run(
        [sys.executable, "-c", command], env=env, cwd=ROOT, capture_output=True, text=True
    )


def test_good_values_start_production(tmp_path):
    assert start(tmp_path, "production", **GOOD).stderr == ""


def test_production_without_a_keyring_does_not_start(tmp_path):
    """C6."""
    ended = start(tmp_path, "production", **WITHOUT_KEYS)

    assert ended.returncode == 1
    assert "FIELD_KEYS_FILE (or FIELD_KEYS) must name the keyring" in ended.stderr


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be set to at least 50 random characters."),
        ({"DEBUG": "1"}, "DEBUG must not be on in production"),
        ({"DEBUG": "perhaps"}, "DEBUG must be 1 or 0 (it is 'perhaps')."),
        ({"DEMO": "1"}, "DEMO cannot be used in production"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name this site's hosts"),
        ({"SITE_URL": "equity.example.org"}, "SITE_URL must look like https://equity.example.org"),
        (
            {"SITE_URL": "http://equity.example.org"},
            "SITE_URL must begin with https:// in production",
        ),
        ({"SIGNUP": "perhaps"}, "SIGNUP must be one of invite, open (it is 'perhaps')."),
        ({"STAFF_SECOND_FACTOR": "no"}, "STAFF_SECOND_FACTOR must be one of required, offered"),
        ({"TRUSTED_PROXY_COUNT": "many"}, "TRUSTED_PROXY_COUNT must be a whole number from 0 to 5"),
        ({"TRUSTED_PROXY_COUNT": "9"}, "TRUSTED_PROXY_COUNT must be a whole number from 0 to 5"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL must be an SQLite or a PostgreSQL address"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL is not a database address we can read"),
        (
            {"DATABASE_URL": "postgresql://x/y"},
            "KEYS_DATABASE_URL and DATABASE_URL must be of the same kind",
        ),
        ({"CACHE_URL": "memcached://x"}, "CACHE_URL must be 'database' or a redis:// address"),
        ({"EMAIL_URL": "pigeon://x"}, "EMAIL_URL must look like smtp://"),
        ({"EMAIL_URL": "smtp://mail.example.org:many"}, "EMAIL_URL must look like smtp://"),
        ({"EMAIL_URL": "smtp://[bad"}, "EMAIL_URL must look like smtp://"),
        ({"EMAIL_URL": "file://"}, "EMAIL_URL must look like smtp://"),
        ({"MEDIA_STORAGE_URL": "file://[x"}, "MEDIA_STORAGE_URL must look like file:///folder"),
        ({"MEDIA_STORAGE_URL": "file://folder/x"}, "MEDIA_STORAGE_URL must look like file:///fold"),
        ({"SITE_URL": "http://[bad"}, "SITE_URL must look like https://equity.example.org"),
        ({"SITE_URL": "https://example.org?x=1"}, "SITE_URL must look like https://equity"),
        ({"SITE_URL": "https://example.org:99999"}, "SITE_URL must look like https://equity"),
        ({"SITE_URL": "https://a@example.org"}, "SITE_URL must look like https://equity"),
        ({"SITE_URL": "https://exam\nple.org"}, "SITE_URL must look like https://equity"),
        ({"ALLOWED_HOSTS": "http://x"}, "ALLOWED_HOSTS must name hosts such as equity.example.org"),
        ({"ALLOWED_HOSTS": "example.org:80"}, "ALLOWED_HOSTS must name hosts such as equity"),
        ({"CSRF_TRUSTED_ORIGINS": "example.org"}, "CSRF_TRUSTED_ORIGINS must hold origins such as"),
        ({"ALERT_EMAIL": "nonsense"}, "ALERT_EMAIL must be an e-mail address (it is 'nonsense')."),
        (
            {"SECURITY_CONTACT": "nonsense"},
            "SECURITY_CONTACT must be an e-mail address or an https",
        ),
        ({"SECURITY_CONTACT": "http://example.org/"}, "SECURITY_CONTACT must be an e-mail address"),
        ({"FROM_EMAIL": "nonsense"}, "FROM_EMAIL must look like Riverton <hello@example.org>"),
        ({"CACHE_URL": "redis://"}, "CACHE_URL must be 'database' or a redis:// address"),
        ({"CACHE_URL": "redis://[x"}, "CACHE_URL must be 'database' or a redis:// address"),
        ({"CACHE_URL": "redis://127.0.0.1/one"}, "CACHE_URL must end in the number of a database"),
        ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL must name a file"),
        ({"TRUSTED_PROXY_COUNT": "9" * 5000}, "TRUSTED_PROXY_COUNT must be a whole number from 0"),
        ({"DEMO": "perhaps"}, "DEMO must be 1 or 0 (it is 'perhaps')."),
        ({"FIELD_KEYS": "{"}, "FIELD_KEYS is no JSON. It must look like"),
        ({"FIELD_KEYS": "{}"}, "FIELD_KEYS is no keyring."),
        ({"FIELD_KEYS": '{"current": "k1", "keys": {}}'}, "FIELD_KEYS holds no keys."),
        (
            {"FIELD_KEYS": '{"current": "k1", "keys": {"k1": "c2hvcnQ="}}'},
            "FIELD_KEYS holds a key that is not 32 bytes in base64",
        ),
        ({"FIELD_KEYS": keyring(current="k2")}, "FIELD_KEYS says that a key is current"),
        ({"MEDIA_STORAGE_URL": "ftp://x"}, "MEDIA_STORAGE_URL must look like file:///folder"),
        (
            {"FIELD_KEYS_FILE": "/nowhere/keys"},
            "FIELD_KEYS_FILE names /nowhere/keys, which is not a file.",
        ),
    ],
)
def test_a_wrong_value_is_named_in_a_sentence(tmp_path, wrong, words):
    base = WITHOUT_KEYS if "FIELD_KEYS_FILE" in wrong else GOOD
    ended = start(tmp_path, "production", **{**base, **wrong})

    assert ended.returncode == 1
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


def keyring_file(folder: Path, content: str, mode: int = 0o400) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "keyring.json"
    file.write_text(content)
    file.chmod(mode)
    return str(file)


def test_a_keyring_is_read_from_the_environment_or_from_a_file(tmp_path):
    command = "import config.settings.production as s; print(s.FIELD_KEYS, s.FIELD_KEYS.keys)"
    file = keyring_file(tmp_path, keyring())

    for given in ({"FIELD_KEYS": keyring()}, {"FIELD_KEYS_FILE": file}):
        said = run(tmp_path, command, **WITHOUT_KEYS, **given)
        assert said.stdout == f"Keyring(current='k1') {{'k1': {KEY!r}}}\n", said.stderr


@pytest.mark.parametrize(
    ("content", "mode", "words"),
    [
        ("{}", 0o644, "which others may read or anyone may change. Set it to mode 0400"),
        ("{}", 0o400, "is no keyring. It must look like"),
        ("\x00", 0o400, "is no JSON. It must look like"),
    ],
)
def test_a_keyring_that_cannot_be_used_is_refused(tmp_path, content, mode, words):
    """Row C6."""
    file = keyring_file(tmp_path, content, mode)

    ended = start(tmp_path, "production", **WITHOUT_KEYS, FIELD_KEYS_FILE=file)

    assert ended.returncode == 1
    assert f"FIELD_KEYS_FILE names {file}, which" in ended.stderr
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("place", "words"),
    [("media", "inside the folder of uploads"), ("backups", "inside the folder of backups")],
)
def test_a_keyring_that_copies_would_carry_along_is_refused_in_production(tmp_path, place, words):
    """Row C6."""
    file = keyring_file(tmp_path / place, keyring())

    ended = start(tmp_path, "production", **WITHOUT_KEYS, FIELD_KEYS_FILE=file)

    assert ended.returncode == 1
    assert f"FIELD_KEYS_FILE lies {words}" in ended.stderr


def test_a_link_does_not_take_a_keyring_out_of_the_project(tmp_path):
    """Row C6."""
    inside = keyring_file(ROOT / "var" / "test" / tmp_path.name, keyring())
    link = tmp_path / "link.json"
    link.symlink_to(inside)
    try:
        ended = start(tmp_path, "production", **WITHOUT_KEYS, FIELD_KEYS_FILE=str(link))
    finally:
        shutil.rmtree(Path(inside).parent)

    assert ended.returncode == 1
    assert "FIELD_KEYS_FILE lies inside the project" in ended.stderr


def test_only_one_keyring_can_count(tmp_path):
    file = keyring_file(tmp_path, keyring())

    ended = start(
        tmp_path, "production", **WITHOUT_KEYS, FIELD_KEYS_FILE=file, FIELD_KEYS=keyring()
    )

    assert ended.returncode == 1
    assert "FIELD_KEYS and FIELD_KEYS_FILE are both set" in ended.stderr


def test_demonstration_and_development_share_the_key_that_the_first_of_them_makes(tmp_path):
    """A pseudonym written by the running site is the one that a command computes."""
    said = [
        run(tmp_path, f"import config.settings.{module} as s; print(s.SECRET_KEY)").stdout
        for module in ("demo", "dev", "demo")
    ]

    kept = tmp_path / "keys" / "secret_key"
    assert said == [kept.read_text() + "\n"] * 3
    assert len(kept.read_text()) >= 50
    assert kept.stat().st_mode & 0o777 == 0o600
    assert sorted(kept.parent.iterdir()) == [kept.parent / "field_keys.json", kept]


def test_demonstration_and_development_share_a_keyring_of_their_own(tmp_path):
    command = (
        "import config.settings.{} as s; print(s.FIELD_KEYS.keys['k1'].hex(), s.FIELD_KEYS_FILE)"
    )
    said = [run(tmp_path, command.format(module)).stdout for module in ("demo", "dev", "demo")]

    kept = tmp_path / "keys" / "field_keys.json"
    key = base64.b64decode(json.loads(kept.read_text())["keys"]["k1"]).hex()
    assert said == [f"{key} {kept}\n"] * 3
    assert kept.stat().st_mode & 0o777 == 0o400


def test_a_keyring_that_is_given_is_used_by_the_demonstration_too(tmp_path):
    command = "import config.settings.demo as s; print(s.FIELD_KEYS.keys, s.FIELD_KEYS_FILE)"
    said = run(tmp_path, command, FIELD_KEYS=keyring())

    assert said.stdout == f"{{'k1': {KEY!r}}} None\n"
    assert not (tmp_path / "keys" / "field_keys.json").exists()


def test_a_folder_with_odd_signs_in_its_name_is_a_folder(tmp_path):
    odd = tmp_path / "my site #1 50%25?"
    command = "import config.settings.dev as s; print(s.DATABASES['default']['NAME'], s.MEDIA_ROOT)"

    assert run(odd, command).stdout == f"{odd}/db/lodestar.sqlite3 {odd}/media\n"


def test_production_sends_its_cookies_over_tls_alone(tmp_path):
    """Row B11."""
    command = (
        "import config.settings.production as s; "
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS)"
    )
    said = run(tmp_path, command, **GOOD)

    assert said.stdout.split() == ["__Host-session", "True", "__Host-csrf", "True", "31536000"]


def test_every_cookie_of_production_belongs_to_this_host_alone(tmp_path):
    """B11: also the language that somebody chose, and a message that waits for the next page."""
    command = """
import config.settings.production as s
from django.conf import settings
settings.configure(**{name: getattr(s, name) for name in dir(s) if name.isupper()})
import django; django.setup()
from django.contrib import messages
from django.test import Client
from django.urls import path
from django.http import HttpResponse
def greet(request):
    messages.info(request, "Saved.")
    return HttpResponse()
class Here: urlpatterns = [path("greet/", greet)]
from django.test.utils import override_settings
kept = ("sessions", "messages")
with override_settings(ROOT_URLCONF=Here, MIDDLEWARE=[f"django.contrib.{one}.middleware.{one[:-1].title()}Middleware" for one in kept]):
    answer = Client(SERVER_NAME="equity.example.org").get("/greet/", secure=True)
for name, cookie in answer.cookies.items():
    print(name, cookie["secure"], cookie["path"], cookie["domain"] or "-", s.LANGUAGE_COOKIE_NAME, s.LANGUAGE_COOKIE_SECURE)
"""
    said = run(tmp_path, command, **GOOD)

    assert said.stdout.split() == ["__Host-messages", "True", "/", "-", "__Host-language", "True"]
