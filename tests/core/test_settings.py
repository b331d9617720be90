"""A wrong value stops the start with a sentence that names the variable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789-abcdefgh",
    "ALLOWED_HOSTS": "equity.example.org",
    "SITE_URL": "https://equity.example.org",
}


def start(tmp_path: Path, module: str, **given: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "LODESTAR_VAR": str(tmp_path), **given}
    command = [sys.executable, "-c", f"import config.settings.{module}"]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True)


def test_good_values_start_production(tmp_path):
    assert start(tmp_path, "production", **GOOD).stderr == ""


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
        (
            {"EMAIL_URL": "smtp://mail.example.org:many"},
            "EMAIL_URL has a port that is not a number.",
        ),
        ({"MEDIA_STORAGE_URL": "ftp://x"}, "MEDIA_STORAGE_URL must look like file:///folder"),
        (
            {"FIELD_KEYS_FILE": "/nowhere/keys"},
            "FIELD_KEYS_FILE names /nowhere/keys, which is not a file.",
        ),
    ],
)
def test_a_wrong_value_is_named_in_a_sentence(tmp_path, wrong, words):
    ended = start(tmp_path, "production", **{**GOOD, **wrong})

    assert ended.returncode == 1
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_keyring_that_others_can_read_is_refused(tmp_path):
    """Row C6."""
    keyring = tmp_path / "keyring.json"
    keyring.write_text("{}")
    keyring.chmod(0o644)

    ended = start(tmp_path, "production", **GOOD, FIELD_KEYS_FILE=str(keyring))

    assert ended.returncode == 1
    assert "which others may read or anyone may change. Set it to mode 0400" in ended.stderr


def test_the_demonstration_needs_the_key_that_its_start_makes(tmp_path):
    ended = start(tmp_path, "demo")

    assert ended.returncode == 1
    assert "SECRET_KEY is not set. Start the demonstration with `make run`" in ended.stderr


def test_production_sends_its_cookies_over_tls_alone(tmp_path):
    """Row B11."""
    command = (
        "import config.settings.production as s; "
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS)"
    )
    env = {"PATH": os.environ["PATH"], "LODESTAR_VAR": str(tmp_path), **GOOD}
    said = subprocess.run(
        [sys.executable, "-c", command], env=env, cwd=ROOT, capture_output=True, text=True
    )

    assert said.stdout.split() == ["__Host-session", "True", "__Host-csrf", "True", "31536000"]
