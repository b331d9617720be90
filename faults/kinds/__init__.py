"""The twelve kinds of bad days, by name."""

from faults.case import Kind
from faults.kinds import (
    all_kill,
    backup,
    cache_gone,
    clock,
    cut_off,
    database,
    disk_full,
    double_submit,
    mail_server,
    migration,
    task_killed,
    worker_kill,
)

KINDS: dict[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (
        worker_kill,
        all_kill,
        database,
        disk_full,
        cache_gone,
        mail_server,
        task_killed,
        double_submit,
        clock,
        migration,
        backup,
        cut_off,
    )
}
