"""Files of people to invite, made on the fly, and the worker that carries them out."""

from __future__ import annotations

from typing import Any

from cohorts.actions import start_import, take_in
from cohorts.models import MemberImport
from core.tasks import work_off

NEW = "amara@riverton.example"


def table(*rows: str, head: str = "email,role") -> bytes:
    """A file with these rows under a head."""
    return "\n".join([head, *rows, ""]).encode()


def newcomers(many: int, first: int = 0) -> list[str]:
    """As many addresses that nobody has."""
    return [f"person-{number}@riverton.example" for number in range(first, first + many)]


def uploaded(house: Any, *rows: str, by: Any = None, cohort: Any = None) -> MemberImport:
    """A file that Ana has sent for Larch."""
    return take_in(cohort=cohort or house.larch, data=table(*rows), by=by or house.ana)


def worker() -> None:
    """A round of the worker."""
    work_off()


def carried_out(one: MemberImport, by: Any) -> MemberImport:
    """Start it, and let the worker go on until it is over."""
    start_import(member_import=one, by=by)
    for _round in range(20):
        worker()
        one.refresh_from_db()
        if one.finished_at:
            break
    return one


def verdicts(one: MemberImport) -> list[tuple[int, str, str]]:
    """Each row: its number, what will happen with it, why not."""
    return list(one.rows.values_list("number", "verdict", "reason"))
