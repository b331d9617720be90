"""Makes `sealed.json`: run it only when the format gets a new version, never to make a failing story pass.

Usage: python -m tests.vectors.make
"""

import base64
import hashlib
import json
from pathlib import Path

from core.crypto import chunks, envelope
from core.crypto.envelope import Place

FILE = Path(__file__).with_name("sealed.json")
OWNER = "member:6f1c2e0a-8f5d-4a52-9a52-0c6a1f6f0a01"
ROW = "2b1f9c58-3c57-4d2e-8f0e-5b6c7d8e9f10"
TEXTS = {
    "empty": "",
    "short": "I said nothing when the policy was read out.",
    "fills the smallest size": "a" * 255,
    "one byte too many for it": "a" * 256,
    "other scripts": "Yo también. ñ é 한국어 العربية 👩🏾‍⚕️ e\u0301",
    "ends like its padding": "\u0080\x00\x00",
    "long": "A long letter. " * 400,
}
#: Files, whose known answers are longer: one that ends inside its second chunk.
FILES = {"a file of two chunks": b"What I wrote. " * 1_300}


def given(words: str, size: int) -> bytes:
    """Bytes that anybody can make again: the beginning of a digest."""
    return hashlib.sha256(words.encode()).digest()[:size]


def answers() -> dict[str, object]:
    """The whole file: a wrapping key, a wrapped data key, and sealed texts with all that is needed to open them."""
    kek, dek = given("kek", 32), given("dek", 32)
    generation = 3
    wrapped = envelope.wrap_with(
        dek, owner=OWNER, generation=generation, by=kek, name="k1", nonce=given("wrap", 12)
    )
    sealed = []
    for name, text in TEXTS.items():
        place = Place("journal.body", ROW, OWNER)
        value = envelope.seal_with(
            text, place=place, key=dek, generation=generation, nonce=given(name, 12)
        )
        sealed.append(
            {
                "name": name,
                "label": place.label,
                "row": place.row,
                "text": text,
                "value": encoded(value),
            }
        )
    return {
        "format": "docs/sealed-format.md",
        "keyring": {"current": "k1", "keys": {"k1": encoded(kek)}},
        "owner": OWNER,
        "generation": generation,
        "wrapped": encoded(wrapped),
        "sealed": sealed,
        "files": [
            _file(name, content, key=dek, generation=generation) for name, content in FILES.items()
        ],
    }


def _file(name: str, content: bytes, *, key: bytes, generation: int) -> dict[str, str]:
    place = Place("accounts.owncopy", ROW, OWNER)
    pieces = chunks.sealed(
        [content],
        place=place,
        key=key,
        generation=generation,
        stamp=given(name, chunks.STAMP_BYTES),
        nonce=lambda number: given(f"{name} {number}", 12),
    )
    return {
        "name": name,
        "label": place.label,
        "row": place.row,
        "content": encoded(content),
        "value": encoded(b"".join(pieces)),
    }


def encoded(value: bytes) -> str:
    """Base64."""
    return base64.b64encode(value).decode()


if __name__ == "__main__":
    FILE.write_text(json.dumps(answers(), indent=1, ensure_ascii=True) + "\n")
