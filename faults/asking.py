"""The other end of `faults.reader`: questions about what a site has kept."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from faults.site import Site
from faults.surroundings import PYTHON, ROOT, Broken


class Reader:
    """Started with the first question, ended with its site."""

    def __init__(self, site: Site) -> None:
        """Reads beside this site."""
        self._site = site
        self._process: subprocess.Popen[str] | None = None

    def ask(self, question: str, **given: Any) -> Any:
        """The answer. Raises Broken with what kept it from being found."""
        if self._process is None or self._process.poll() is not None:
            environment = {
                name: value
                for name, value in self._site.environment.items()
                if not name.startswith(("LODESTAR_FAULTS_", "LD_"))
            }
            log = (self._site.folder / "reader.txt").open("a")
            with log:
                self._process = subprocess.Popen(
                    [str(PYTHON), "-m", "faults.reader"], cwd=ROOT, env=environment, stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE, stderr=log, text=True,
                )  # fmt: skip
        questions, answers = self._process.stdin, self._process.stdout
        if questions is None or answers is None:
            raise Broken("The reader has no ears.")
        questions.write(json.dumps({"ask": question, "with": given}) + "\n")
        questions.flush()
        line = answers.readline()
        answer = json.loads(line) if line else {"problem": "the reader ended"}
        if "problem" in answer:
            raise Broken(f"What the site has kept cannot be read ({question}): {answer['problem']}")
        return answer["said"]

    def end(self) -> None:
        """No more questions."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
