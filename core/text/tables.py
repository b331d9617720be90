"""Files of tables as spreadsheets write them: with commas, semicolons or tabs, in UTF-8 with or without a mark at its
beginning, in UTF-16, or in the old encodings of Windows and of Western Europe."""

from __future__ import annotations

DELIMITERS = ",;\t"


def decoded(data: bytes) -> str | None:
    """The text of a file; None for what is none."""
    encodings = ["utf-8-sig", "cp1252", "latin-1"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        return None
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def delimiter_of(text: str) -> str:
    """What stands between the cells, by the first line that holds anything."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)
