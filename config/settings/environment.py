"""Reads the settings from the environment. A wrong value stops the start with one sentence that names the variable."""

import os
import secrets
import tempfile
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote

import dj_database_url
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from config.settings.storage import is_folder, media
from config.settings.values import (
    ROOT,
    VAR,
    WrongSetting,
    count,
    flag,
    hosts,
    one_of,
    origins,
    short,
    site_url,
    split,
    text,
    words,
)

__all__ = [
    "ROOT",
    "VAR",
    "WrongSetting",
    "address",
    "cache",
    "contact",
    "count",
    "database",
    "databases",
    "email",
    "flag",
    "hosts",
    "media",
    "one_of",
    "origins",
    "own_secret_key",
    "replica",
    "sender",
    "site_url",
    "text",
    "words",
]
Options = dict[str, object]
SECRET_LENGTH = 50
#: Seconds after which a pool gives up to make a connection; the next request makes it try again.
POOL_RETRIES_FOR = 2.0
#: Seconds that a request waits for a connection while all of the pool are in use; then it gets the page that keeps its words.
POOL_WAIT = 5.0


def own_secret_key() -> str:
    """SECRET_KEY, or the key of this installation, made once under var/keys/ and readable by its owner alone.

    For the demonstration and development, so that server, worker and commands share one. Raises WrongSetting.
    """
    given = text("SECRET_KEY")
    if given:
        return given
    path = VAR / "keys" / "secret_key"
    try:
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(64))
        if path.stat().st_mode & 0o077:
            raise WrongSetting(
                f"{path} can be read by others. Set it to mode 0600 (chmod 600) and start again; nothing was started."
            )
        key = path.read_text(encoding="ascii").strip()
    except OSError as problem:
        raise WrongSetting(
            f"{path} cannot be read or made ({problem.strerror}). Nothing was started. Mend that, or set SECRET_KEY."
        ) from None
    except UnicodeDecodeError:
        key = ""
    if len(key) < SECRET_LENGTH:
        raise WrongSetting(
            f"{path} holds no key. Nothing was started. Move it away and start again, and a new one is made; "
            "everybody then signs in again."
        )
    return key


def _write_once(path: Path, content: str) -> None:
    """Write a private file whole or not at all; one that another process wrote meanwhile stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(content)
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        os.replace(draft, path)
    finally:
        Path(draft).unlink(missing_ok=True)


def address(name: str) -> str:
    """The variable read as one e-mail address; empty without it. Raises WrongSetting for anything else."""
    value = text(name)
    if value and not _is_address(value):
        raise WrongSetting(
            f"{name} must be an e-mail address (it is {short(value)}). Nothing was started."
        )
    return value


def sender(name: str, default: str) -> str:
    """The variable read as a sender, `Name <someone@example.org>` or an address alone. Raises WrongSetting."""
    value = text(name, default)
    if not value.isprintable() or not _is_address(parseaddr(value)[1]):
        raise WrongSetting(
            f"{name} must look like Riverton <hello@example.org> (it is {short(value)}). Nothing was started."
        )
    return value


def contact(name: str) -> str:
    """The variable read as an e-mail address or an `https://` address of a page; empty without it. Raises WrongSetting."""
    value = text(name)
    parts = split(value)
    is_page = bool(parts and parts.scheme == "https" and parts.hostname and "@" not in parts.netloc)
    if value and not (is_page and value.isascii()) and not _is_address(value):
        raise WrongSetting(
            f"{name} must be an e-mail address or an https:// address (it is {short(value)}). Nothing was started."
        )
    return value


def _is_address(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


PLACE = ("NAME", "HOST", "PORT")  # of a database


def databases() -> dict[str, Options]:
    """The main database, that of the keys, and a replica where one is named. Raises WrongSetting."""
    found = {
        "default": database("DATABASE_URL", "lodestar.sqlite3"),
        "keys": database("KEYS_DATABASE_URL", "keys.sqlite3"),
    }
    if found["default"]["ENGINE"] != found["keys"]["ENGINE"]:
        raise WrongSetting(
            "KEYS_DATABASE_URL and DATABASE_URL must be of the same kind: with PostgreSQL in one, the other "
            "must be PostgreSQL too. Nothing was started."
        )
    if [found["default"][part] for part in PLACE] == [found["keys"][part] for part in PLACE]:
        raise WrongSetting(
            "KEYS_DATABASE_URL and DATABASE_URL name the same database. Keys must lie in another one than what they open. Nothing was started."
        )
    if text("REPLICA_DATABASE_URL"):
        found["replica"] = replica("REPLICA_DATABASE_URL", found["default"])
    return found


def database(name: str, default_file: str) -> Options:
    """One database from a URL; SQLite in a file of var/db when the variable is unset. Raises WrongSetting."""
    url = text(name, f"sqlite:///{quote(str(VAR / 'db' / default_file))}")
    try:
        options: Options = dict(dj_database_url.parse(url, conn_max_age=60))
    except Exception as problem:  # the parser raises many kinds; each means the same to the reader
        raise WrongSetting(f"{name} is not a database address we can read: {problem}.") from None
    engine = options["ENGINE"]
    if engine == "django.db.backends.sqlite3":
        if options["NAME"] == ":memory:":
            raise WrongSetting(
                f"{name} must name a file, as in sqlite:////folder/file.sqlite3. Nothing was started."
            )
        # WAL with immediate transactions: deferred ones fail under concurrent writers (docs/adr/0003).
        options["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,  # seconds; core.patience says the same of PostgreSQL
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            ),
        }
        test_name = Path(str(options["NAME"])).name
        options["TEST"] = {"NAME": str(VAR / "test" / test_name)}
    elif engine == "django.db.backends.postgresql":
        options["ENGINE"] = "core.postgresql"  # the same, with connections that lose patience
        options["CONN_HEALTH_CHECKS"] = True
        options["OPTIONS"] = {"connect_timeout": 5, **dict(options.get("OPTIONS") or {})}  # type: ignore[call-overload]
        _pool(options)
    else:
        raise WrongSetting(
            f"{name} must be an SQLite or a PostgreSQL address (it names {engine}). Nothing was started."
        )
    return options


def replica(name: str, main: Options) -> Options:
    """A replica of the main database, to read public pages from. Raises WrongSetting where that makes no sense."""
    options = database(name, "")
    if not options["ENGINE"] == main["ENGINE"] == "core.postgresql":
        raise WrongSetting(
            f"{name} can only name a replica of a PostgreSQL that DATABASE_URL names. Nothing was started."
        )
    settings: Options = dict(options["OPTIONS"])  # type: ignore[call-overload]
    # Nothing can be written there by mistake, and a page waits no longer for it than it is worth.
    settings |= {"connect_timeout": 2, "options": "-c default_transaction_read_only=on -c statement_timeout=3000"}  # fmt: skip
    return options | {"OPTIONS": settings, "TEST": {"MIRROR": "default"}}


def _pool(options: Options) -> None:
    """Connections that the threads of a process share, from DATABASE_POOL: at most so many to each database; 0: each its own."""
    most = count("DATABASE_POOL", 0, 100)
    if most == 1:
        raise WrongSetting(
            "DATABASE_POOL must be 0 or at least 2: a start holds one connection while it works with another. Nothing was started."
        )
    if most:
        options["CONN_MAX_AGE"] = 0  # a request gives its connection back
        # A pool that goes on trying waits longer each time, and would stay away as long again as the database was. One that
        # gives up at once tries anew for the next request.
        options["OPTIONS"]["pool"] = {  # type: ignore[index]
            "min_size": 1, "max_size": most, "timeout": POOL_WAIT, "reconnect_timeout": POOL_RETRIES_FOR,
        }  # fmt: skip


def cache() -> Options:
    """The shared cache from CACHE_URL: `database` (default), `redis://…` or `rediss://…`. Raises WrongSetting."""
    url = text("CACHE_URL", "database")
    if url == "database":
        return {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "shared_cache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    parts = split(url)
    if parts is None or parts.scheme not in {"redis", "rediss"} or not parts.hostname:
        raise WrongSetting(
            "CACHE_URL must be 'database' or a redis:// address such as redis://127.0.0.1:6379/0. Nothing was started."
        )
    number = parts.path.strip("/")
    if number and not (number.isascii() and number.isdigit()):
        raise WrongSetting(
            f"CACHE_URL must end in the number of a database, as in redis://127.0.0.1:6379/0 (it ends in "
            f"{short(number)}). Nothing was started."
        )
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": [url],  # a list, because Django takes a text apart at commas and semicolons
        "OPTIONS": _impatience(),
    }


def _impatience() -> Options:
    """One more try for a connection that has gone stale, and an answer within seconds when the store is away."""
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return {
        "socket_connect_timeout": 2,
        "socket_timeout": 2,
        "retry": Retry(NoBackoff(), 1),
    }


def email() -> Options:
    """Where the worker delivers mail, from EMAIL_URL: `file:///folder` (default var/mail) or `smtp(s)://user:pass@host:port`.

    `smtp://…?tls=1` uses STARTTLS, `smtps://` TLS from the start. Raises WrongSetting.
    """
    parts = split(text("EMAIL_URL", f"file://{quote(str(VAR / 'mail'))}"))
    if parts and is_folder(parts):
        return {"kind": "file", "folder": unquote(parts.path)}
    if parts and parts.scheme in {"smtp", "smtps"} and parts.hostname:
        return {
            "kind": "smtp",
            "host": parts.hostname,
            "port": parts.port or (465 if parts.scheme == "smtps" else 587),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": parts.scheme == "smtp" and parse_qs(parts.query).get("tls") == ["1"],
        }
    raise WrongSetting(
        "EMAIL_URL must look like smtp://user:password@host:587?tls=1, smtps://… or file:///folder. "
        "Nothing was started."
    )
