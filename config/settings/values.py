"""Reads single values of the environment. Standard library only: the scripts that run before Django read them by the same rules.

A wrong value stops the start with one sentence that names the variable.
"""

import os
import re
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("LODESTAR_VAR") or ROOT / "var").resolve()

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_SIX = re.compile(r"\[[0-9A-Fa-f:.]+\]")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]")  # the parser would drop some of them without a word


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
    raise WrongSetting(f"{name} must be 1 or 0 (it is {short(value)}). Nothing was started.")


def count(name: str, default: int, most: int, least: int = 0, what: str = "a whole number") -> int:
    """The variable read as a whole number from `least` to `most`. Raises WrongSetting otherwise."""
    value = text(name, str(default))
    fits = value.isascii() and value.isdigit() and len(value) <= 9 and least <= int(value) <= most
    if not fits:
        raise WrongSetting(
            f"{name} must be {what} from {least} to {most} (it is {short(value)}). Nothing was started."
        )
    return int(value)


def one_of(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """The variable, which must be one of `allowed`. Raises WrongSetting otherwise."""
    value = text(name, default)
    if value not in allowed:
        raise WrongSetting(
            f"{name} must be one of {', '.join(allowed)} (it is {short(value)}). Nothing was started."
        )
    return value


def words(name: str) -> list[str]:
    """The variable split at commas, empty parts left out."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def site_url(default: str) -> str:
    """SITE_URL without a slash at its end. Raises WrongSetting when it is no http(s) address of a host."""
    value = text("SITE_URL", default).rstrip("/")
    parts = split(value)
    if not _is_origin(parts):
        raise WrongSetting(
            f"SITE_URL must look like https://equity.example.org (it is {short(value)}). Nothing was started."
        )
    return value


def hosts(name: str) -> list[str]:
    """The variable read as names of hosts; `.example.org` stands for all below it, `*` for any. Raises WrongSetting."""
    found = words(name)
    for word in found:
        if word != "*" and not is_host(word.removeprefix(".")):
            raise WrongSetting(
                f"{name} must name hosts such as equity.example.org, separated by commas (it holds {short(word)}). "
                "Nothing was started."
            )
    return found


def origins(name: str) -> list[str]:
    """The variable read as origins, scheme and host; `https://*.example.org` is one. Raises WrongSetting."""
    found = words(name)
    for word in found:
        if not _is_origin(split(word.replace("://*.", "://"))):
            raise WrongSetting(
                f"{name} must hold origins such as https://www.example.org, separated by commas (it holds "
                f"{short(word)}). Nothing was started."
            )
    return found


def is_host(word: str) -> bool:
    """Whether this is the name of a host or an address, IPv6 in brackets; no scheme, port or path."""
    return len(word) <= 253 and bool(_NAME.fullmatch(word) or _SIX.fullmatch(word))


def split(url: str) -> SplitResult | None:
    """The parts of an address; None when it is none, or when its port is no port."""
    if _BLANK.search(url):
        return None
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 (raises when it is none)
    except ValueError:
        return None
    return parts


def short(value: str) -> str:
    """The value as a sentence quotes it."""
    return repr(value if len(value) <= 60 else f"{value[:60]}…")


def _is_origin(parts: SplitResult | None) -> bool:
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        return False
    host = parts.hostname
    bare = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    return bare and is_host(f"[{host}]" if ":" in host else host) and parts.port != 0
