"""A site on nine machines in networks of their own on this host (`faults.machines`), one of them killed while people work."""

import subprocess

import pytest

from tests.scripts.processes import PYTHON, ROOT, environment

LEFT_OUT = 3


@pytest.mark.host
@pytest.mark.long
@pytest.mark.scripts
@pytest.mark.parametrize("machine", ["web1", "worker1", "store"])
def test_the_loss_of_one_machine_costs_nobody_a_word_or_their_session(tmp_path, machine):
    ended = subprocess.run(
        [PYTHON, "-m", "faults.machines", "--only", machine, "--seed", "7", "--no-write"],
        cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    if ended.returncode == LEFT_OUT:
        pytest.skip(ended.stdout.strip().splitlines()[-1])

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.count(", well") == 3
