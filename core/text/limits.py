"""What Markdown is asked to read at all.

Python-Markdown reads some texts in quadratic time (`"[" * 5000` takes twelve seconds in version 3.11) and
overflows its stack on others. These limits were measured so that the worst text under them costs about what
is said beside them, while no lesson and no long letter comes near. They look at the text once.
"""

import re

LONGEST_FROM_MEMBERS = 10_000  # characters
LONGEST_FROM_EDITORS = 60_000
DEEPEST = 12  # lists and quotations within one another
MOST_CELLS = 2_000  # of all tables; a row of one letter still gets every column of its heading
MOST_STEPS = 2_000_000  # letters that Markdown looks at again, about 0.15 microseconds each
MOST_PIECES = (
    5_000  # tags and entities that Markdown may make; bleach takes 0.1 milliseconds for each
)

END_OF_BLOCK = re.compile(r"\n[ \t]*\n")
MARKERS = re.compile(r"[ \t]*(?:(?:[-*+>]|\d+\.)[ \t]*)+")
MARKER = re.compile(r"[-*+>]|\d+\.")
RULE = re.compile(r"[ ]{0,3}(?:(?:-[ ]{0,2})+|(?:\*[ ]{0,2})+)")
OPENER = re.compile(
    r"\\.|`+|\]\(|[\[\]]"
    r"|^[ >]*(?:\#|[-=*_][-=*_ ]*$)",  # headings and rules part the rest of their block once more
    re.MULTILINE | re.DOTALL,
)
PLACEHOLDER = 14  # letters that stand for an escaped character or a code span while Markdown works


def too_complex(source: str, *, longest: int = LONGEST_FROM_MEMBERS) -> bool:
    """Whether a text is longer than `longest` characters or built to keep Markdown busy; it is then shown as typed."""
    return (
        len(source) > longest
        or any(_depth(line) > DEEPEST for line in source.split("\n"))
        or sum(_cells(block) for block in END_OF_BLOCK.split(source)) > MOST_CELLS
        or sum(_steps(block) for block in END_OF_BLOCK.split(source)) > MOST_STEPS
    )


def _depth(line: str) -> int:
    """How many lists and quotations a line says it lies in; indentation counts where a marker follows it."""
    found = MARKERS.match(line)
    if not found or RULE.fullmatch(line.rstrip()):
        return 0
    indentation = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" "))
    return indentation // 4 + len(MARKER.findall(found[0]))


def _cells(block: str) -> int:
    """How many cells a table in this block could have: the bars of its fullest line times its lines."""
    if "|" not in block:
        return 0
    lines = block.split("\n")
    return max(line.count("|") for line in lines) * len(lines)


def _steps(block: str) -> int:
    """About how many letters Markdown looks at again, from each opening sign to what closes it or to the end."""
    end, steps, replaced = len(block), 0, 0
    brackets: list[int] = []
    for found in OPENER.finditer(block):
        place, sign = found.start(), found[0]
        replaced += sign[0] in "\\`"
        if sign == "[":
            brackets.append(place)
        elif sign[0] == "]":
            steps += place - brackets.pop() if brackets else 0
        if sign[0] not in "\\[]" or sign == "](":
            steps += end - place
    steps += sum(end - place for place in brackets)
    return steps * (end + PLACEHOLDER * replaced) // max(end, 1)
