"""A disk that takes nothing more, under a running site (threats H4).

A disk of its own needs an administrator. So the processes of the web server are forbidden to write any further into any file,
which the operating system lets one do to a process that runs: each write then fails, as on a full disk, and a moment later it
does not any more.
"""

import json
import resource
import sys

import psutil
import pytest

from tests.scripts.processes import ROOT, near, rows, running, wait_for

sys.path.insert(0, str(ROOT / "scripts"))
from visitor import Visitor

pytestmark = pytest.mark.scripts
POST = "/cohorts/spring/announcements/"
WORDS = "We meet under the plum tree at noon."
FREE = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
READ = ("/today/", "/cohorts/spring/", "/learn/", "/account/", "/healthz")


def test_a_full_disk_takes_nothing_loses_nothing_and_is_over_when_it_is_over(filled):
    with running(filled, WEB_WORKERS="1") as site:
        mo = Visitor(site.address)
        assert mo.sign_in("mo").url.endswith("/today/")
        page = mo.ask("/cohorts/spring/")

        let_write(site, 1)
        refused = mo.press(page, POST, text=WORDS)
        read = {path: mo.ask(path).status for path in READ}
        another = Visitor(site.address).sign_in("dev")
        ready = json.loads(Visitor(site.address).ask("/readyz").text)

        assert refused.status == 503
        assert (
            "This site has no room left to keep anything new, so nothing was changed."
            in refused.text
        )
        assert WORDS in refused.text
        assert read == dict.fromkeys(READ, 200)
        assert another.status == 503  # a sentence, and no error of ours
        assert ready == {"ready": False, "waiting_for": ["disk"]}

        let_write(site, FREE[0])
        assert wait_for(lambda: mo.press(page, POST, text=WORDS).status == 200, 10)
        assert Visitor(site.address).sign_in("dev").url.endswith("/today/")
        assert near.open(site.address + "/readyz", timeout=5).status == 200
        assert rows(filled, "PRAGMA integrity_check") == [("ok",)]
        assert len(announcements(filled)) == 1


def let_write(site, most):
    """How far into a file the processes of the web server may write, in bytes."""
    for pid in site.children("granian"):
        psutil.Process(pid).rlimit(psutil.RLIMIT_FSIZE, (most, FREE[1]))


def announcements(folder):
    return rows(folder, f"SELECT id FROM cohorts_announcement WHERE text = '{WORDS}'")
