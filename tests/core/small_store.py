"""A store that speaks as Redis and Valkey do, as far as a shared cache asks, and that can go away, hang and come back.

So that the real client, over a real connection, meets a store that is gone on every machine, whether it has one installed or not.
"""

from __future__ import annotations

import socket
import socketserver
import threading
import time
from contextlib import suppress

OK = b"+OK\r\n"
NOTHING = b"_\r\n"  # as version 3 of the protocol says it


class SmallStore:
    """Answers at `address` while it is on."""

    def __init__(self) -> None:
        self.rows: dict[bytes, bytes] = {}
        self.until: dict[bytes, float] = {}
        self.hurry = (
            20  # what runs out does so as many times as fast, so that no story waits for it
        )
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.port = 0
        self.begin()

    @property
    def address(self) -> str:
        """For CACHE_URL."""
        return f"redis://127.0.0.1:{self.port}/0"

    def begin(self) -> None:
        """Listen, at the same port as before."""
        store, self.live = self, []

        class Talk(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                store.live.append(self.connection)
                with suppress(OSError, ValueError):
                    while words := _command(self.rfile):
                        store.goes_on.wait(30)
                        self.wfile.write(store.answer(words))

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = daemon_threads = True

        self._server = Server(("127.0.0.1", self.port), Talk)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def end(self) -> None:
        """Be gone, with everything that was counted."""
        self.goes_on.set()
        self._server.shutdown()
        self._server.server_close()
        for connection in self.live:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
                connection.close()
        self.rows.clear()

    def answer(self, words: list[bytes]) -> bytes:
        """What the command answers."""
        verb, keys = words[0].upper(), words[1:]
        for key in [key for key, end in self.until.items() if end < time.monotonic()]:
            self.rows.pop(key, None), self.until.pop(key)
        if verb == b"HELLO":
            return b"%2\r\n$6\r\nserver\r\n$5\r\nsmall\r\n$5\r\nproto\r\n:3\r\n"
        if verb == b"SET":
            if b"NX" in keys and keys[0] in self.rows:
                return NOTHING
            self.rows[keys[0]] = keys[1]
            self.until.pop(keys[0], None)
            for unit, seconds in ((b"EX", 1), (b"PX", 0.001)):
                if unit in keys:
                    self.until[keys[0]] = time.monotonic() + int(keys[keys.index(unit) + 1]) * seconds / self.hurry  # fmt: skip
        elif verb == b"FLUSHDB":
            self.rows.clear()
        elif verb == b"GET":
            return _text(self.rows.get(keys[0]))
        elif verb == b"MGET":
            return b"*%d\r\n" % len(keys) + b"".join(_text(self.rows.get(key)) for key in keys)
        elif verb == b"INCRBY":
            self.rows[keys[0]] = b"%d" % (int(self.rows.get(keys[0], b"0")) + int(keys[1]))
            return b":%s\r\n" % self.rows[keys[0]]
        elif verb in {b"DEL", b"EXISTS", b"EXPIRE", b"PEXPIRE", b"PERSIST"}:
            found = keys[0] in self.rows
            if verb == b"DEL":
                self.rows.pop(keys[0], None)
            return b":%d\r\n" % found
        return OK


def _text(value: bytes | None) -> bytes:
    return NOTHING if value is None else b"$%d\r\n%s\r\n" % (len(value), value)


def _command(lines: object) -> list[bytes]:
    first = lines.readline()  # type: ignore[attr-defined]
    if not first.startswith(b"*"):
        return []
    words = []
    for _ in range(int(first[1:])):
        length = int(lines.readline()[1:])  # type: ignore[attr-defined]
        words.append(lines.read(length + 2)[:-2])  # type: ignore[attr-defined]
    return words
