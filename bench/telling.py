"""What the benchmark says while it runs, and its table at the end."""

from __future__ import annotations

import sys


def report(results: dict[str, object]) -> None:
    """Print a line for each row."""
    for name, row in results.items():
        if isinstance(row, dict) and "per_second" in row:
            print(f"{name:45} {row['per_second']:8.0f}/s  p50 {row['p50_ms']:6.1f}  p95 {row['p95_ms']:6.1f} ms  "
                  f"p99 {row['p99_ms']:6.1f}  cpu {row['cpu_ms']:6.2f} ms  errors {row['errors']}  "
                  + ", ".join(f"{key} {value}" for key, value in row.items() if key.startswith(("of_", "cpu_of_", "queries"))))  # fmt: skip
        else:
            print(f"{name:45} {row}")


def step(words: str) -> None:
    """Say what is measured now."""
    print(f"- {words}", file=sys.stderr, flush=True)
