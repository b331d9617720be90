"""`make faults` itself: its judge finds what is lost, doubled or half done, and a worker that is killed costs nobody a word."""

import shutil
import sqlite3
import subprocess

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from faults.acts import COMMITMENT, JOURNAL, Act
from faults.judge import SLOWEST, judge_mails, judge_rows
from faults.kinds import KINDS
from faults.load import ACKNOWLEDGED, UNKNOWN, Load, Sent
from home.demo.initiative import PASSWORD
from tests.scripts.processes import PYTHON, ROOT, environment

NOTES = Act("notes", "/notes/", "/notes/", lambda marker: {"body": marker}, replaces=True)


def sent(marker, outcome=ACKNOWLEDGED, act=JOURNAL):
    return Sent(act, "dev", marker, 0.0, outcome)


def row(marker, missing="", kind="entry"):
    return {"kind": kind, "marker": marker, "missing": missing}


def test_what_was_acknowledged_is_there_once_and_whole():
    found = judge_rows(
        [sent("F1"), sent("F2"), sent("F3")], [row("F1"), row("F3"), row("F3"), row("F9")]
    )

    assert (found.acknowledged, found.missing, found.doubled) == (
        3,
        ["entry F2"],
        ["entry F3: 2 times"],
    )
    assert not found.is_well


def test_what_had_no_answer_may_be_there_or_not_but_never_twice_or_half():
    unknown = [sent(marker, UNKNOWN, COMMITMENT) for marker in ("F1", "F2", "F3")]

    found = judge_rows(unknown, [row("F1"), row("F3", "some of its words")])

    assert (found.missing, found.doubled) == ([], [])
    assert found.half_done == ["entry F3: some of its words"]


def test_of_a_text_that_each_save_replaces_the_last_acknowledged_one_stays():
    saves = [sent("F1", act=NOTES), sent("F2", act=NOTES), sent("F3", UNKNOWN, NOTES)]

    assert judge_rows(saves, [row("F2", kind="notes")]).is_well
    assert judge_rows(saves, [row("F3", kind="notes")]).is_well
    assert judge_rows(saves, [row("F1", kind="notes")]).missing == ["notes F2"]


def test_a_mail_that_counts_as_sent_has_reached_the_server():
    verdict = judge_rows([], [])
    mails = [
        {
            "id": name * 8,
            "message_id": f"<{name}>",
            "state": state,
            "recipient": "",
            "last_error": "smtp: data 550",
        }
        for name, state in (("a", "sent"), ("b", "sent"), ("c", "dead"), ("d", "waiting"))
    ]

    judge_mails(
        verdict, [], mails, [("<a>", "mo@riverton.example"), ("<a>", "mo@riverton.example")]
    )

    assert verdict.missing == ["mail bbbbbbbb", "mail cccccccc given up: smtp: data 550"]
    assert verdict.notes == {"mails repeated under one Message-ID": 1}


def test_a_recovery_that_takes_longer_than_ten_seconds_is_not_well():
    verdict = judge_rows([sent("F1")], [row("F1")])
    assert verdict.is_well

    verdict.recovery = 10.1

    assert (verdict.is_well, verdict.words()) == (False, "recovery 10.1 s")


def test_a_kind_with_a_limit_of_its_own_is_judged_by_it():
    """A start that migrates changes tables before it serves."""
    verdict = judge_rows([sent("F1")], [row("F1")])
    verdict.recovery, verdict.within = 18.0, KINDS["migration"].within

    assert (verdict.is_well, verdict.words()) == (True, "")
    assert [kind.within for kind in KINDS.values()].count(SLOWEST) == len(KINDS) - 1

    verdict.recovery = 40.1
    assert (verdict.is_well, verdict.words()) == (False, "recovery 40.1 s")


def test_the_first_answer_after_a_cause_is_of_an_act_that_was_begun_after_it():
    load = Load([], "seed", sent=[sent(f"F{number}") for number in range(4)])
    for one, at in zip(load.sent, (8.0, 10.5, 12.0, 13.0), strict=True):
        one.at, one.took = at, 3.0
    load.sent[1].outcome = UNKNOWN

    assert [load.first_answer(since) for since in (10.0, 12.5, 14.0)] == [5.0, 3.5, None]


def let_them_sign_in(database):
    """The stories' own passwords are hashed in a way that a real site does not know."""
    hasher = Argon2PasswordHasher()
    raw = sqlite3.connect(database)
    with raw:
        raw.execute(
            "UPDATE accounts_user SET password = ?", [hasher.encode(PASSWORD, hasher.salt())]
        )
    raw.close()


@pytest.mark.long
@pytest.mark.scripts
def test_a_killed_web_worker_costs_nobody_a_word(filled, tmp_path):
    """H1: one case of the fault run, on a copy of the stories' databases."""
    let_them_sign_in(filled / "db" / "lodestar.sqlite3")
    shutil.copytree(filled, tmp_path / "given" / "var")

    ended = subprocess.run(
        [PYTHON, "-m", "faults", "--filled", tmp_path / "given", "--kind", "worker-kill", "--case", "2", "--seed", "7",
         "--times", "2", "--database", "sqlite", "--no-write"],
        cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, timeout=120,
    )  # fmt: skip

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "worker-kill 2 sqlite:" in ended.stdout
    assert ", well (" in ended.stdout
