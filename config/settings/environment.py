"""Reads the settings from the environment. A wrong value stops the start with one sentence that names the variable."""

import os
import stat
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("LODESTAR_VAR") or ROOT / "var").resolve()

Options = dict[str, object]


class WrongSetting(SystemExit):
    """A setting from the environment cannot be used. Ends the program with exit status 1 and the sentence given."""


def text(name: str, default: str = "") -> str:
    """The variable's value without surrounding space, or the default when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    """The variable read as yes or no. Raises WrongSetting for anything else."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise WrongSetting(f"{name} must be 1 or 0 (it is {value!r}). Nothing was started.")


def count(name: str, default: int, most: int) -> int:
    """The variable read as a whole number from 0 to `most`. Raises WrongSetting otherwise."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) > most:
        raise WrongSetting(
            f"{name} must be a whole number from 0 to {most} (it is {value!r}). Nothing was started."
        )
    return int(value)


def one_of(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """The variable, which must be one of `allowed`. Raises WrongSetting otherwise."""
    value = text(name, default)
    if value not in allowed:
        raise WrongSetting(
            f"{name} must be one of {', '.join(allowed)} (it is {value!r}). Nothing was started."
        )
    return value


def words(name: str) -> list[str]:
    """The variable split at commas, empty parts left out."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def site_url(default: str) -> str:
    """SITE_URL without a slash at its end. Raises WrongSetting when it is no http(s) address of a host."""
    value = text("SITE_URL", default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise WrongSetting(
            f"SITE_URL must look like https://equity.example.org (it is {value!r}). Nothing was started."
        )
    return value


def database(name: str, default_file: str) -> Options:
    """One database from a URL; SQLite in a file of var/db when the variable is unset. Raises WrongSetting."""
    url = text(name, f"sqlite:///{VAR / 'db' / default_file}")
    try:
        options: Options = dict(dj_database_url.parse(url, conn_max_age=60))
    except Exception as problem:  # the parser raises many kinds; each means the same to the reader
        raise WrongSetting(f"{name} is not a database address we can read: {problem}.") from None
    engine = options["ENGINE"]
    if engine == "django.db.backends.sqlite3":
        # WAL with immediate transactions: deferred ones fail under concurrent writers (docs/adr/0003).
        options["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            ),
        }
        test_name = Path(str(options["NAME"])).name
        options["TEST"] = {"NAME": str(VAR / "test" / test_name)}
    elif engine == "django.db.backends.postgresql":
        options["CONN_HEALTH_CHECKS"] = True
    else:
        raise WrongSetting(
            f"{name} must be an SQLite or a PostgreSQL address (it names {engine}). Nothing was started."
        )
    return options


def cache() -> Options:
    """The shared cache from CACHE_URL: `database` (default), `redis://…` or `rediss://…`. Raises WrongSetting."""
    url = text("CACHE_URL", "database")
    if url == "database":
        return {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "shared_cache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    if url.startswith(("redis://", "rediss://")):
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
    raise WrongSetting(
        f"CACHE_URL must be 'database' or a redis:// address (it is {url!r}). Nothing was started."
    )


def email() -> Options:
    """Where the worker delivers mail, from EMAIL_URL: `file:///folder` (default var/mail) or `smtp(s)://user:pass@host:port`.

    `smtp://…?tls=1` uses STARTTLS, `smtps://` TLS from the start. Raises WrongSetting.
    """
    url = text("EMAIL_URL", f"file://{VAR / 'mail'}")
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return {"kind": "file", "folder": unquote(parts.path)}
    if parts.scheme in {"smtp", "smtps"} and parts.hostname:
        try:
            port = parts.port
        except ValueError:
            raise WrongSetting("EMAIL_URL has a port that is not a number.") from None
        return {
            "kind": "smtp",
            "host": parts.hostname,
            "port": port or (465 if parts.scheme == "smtps" else 587),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": parts.scheme == "smtp" and parse_qs(parts.query).get("tls") == ["1"],
        }
    raise WrongSetting(
        "EMAIL_URL must look like smtp://user:password@host:587?tls=1, smtps://… or file:///folder. "
        "Nothing was started."
    )


def media_root() -> Path:
    """The folder of uploaded files, from MEDIA_STORAGE_URL (`file:///folder`). Raises WrongSetting for other kinds."""
    url = text("MEDIA_STORAGE_URL", f"file://{VAR / 'media'}")
    parts = urlsplit(url)
    if parts.scheme != "file" or not parts.path:
        raise WrongSetting("MEDIA_STORAGE_URL must look like file:///folder. Nothing was started.")
    return Path(unquote(parts.path))


def keyring_file() -> Path | None:
    """FIELD_KEYS_FILE when it is set: present, a file, and readable by its owner alone. Raises WrongSetting."""
    value = text("FIELD_KEYS_FILE")
    if not value:
        return None
    path = Path(value)
    if not path.is_file():
        raise WrongSetting(
            f"FIELD_KEYS_FILE names {value}, which is not a file. Private text stays sealed; put the keyring back there."
        )
    if stat.S_IMODE(path.stat().st_mode) & 0o377:
        raise WrongSetting(
            f"FIELD_KEYS_FILE names {value}, which others may read or anyone may change. Set it to mode 0400 and start again."
        )
    return path
