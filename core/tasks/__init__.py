"""Work for the worker: declared with `worker_task`, put in with `enqueue_once`, done outside of any request (adr/0017).

A task is a row of django-tasks-db that names a function of ours and holds ids, never words. Beside a row that runs stands a
*lease* of ours: under which key it runs, how often that worker has said that it is still at it, how often the task failed.
"""

from core.tasks.declaring import worker_task
from core.tasks.enqueueing import enqueue_once, still_wanted
from core.tasks.running import still_mine, work_off

__all__ = ["enqueue_once", "still_mine", "still_wanted", "work_off", "worker_task"]
