"""A small IMAP server on loopback: one mailbox, flags, and nothing that a reader of reports does not ask."""

import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Box:
    """A mailbox: messages by UID with their flags, and who may read it."""

    user: str
    password: str
    messages: dict[int, bytes] = field(default_factory=dict)
    flags: dict[int, set[str]] = field(default_factory=dict)

    def put(self, content: bytes) -> None:
        """Let a message arrive."""
        uid = len(self.messages) + 1
        self.messages[uid], self.flags[uid] = content, set()

    def answer(self, line: str) -> bytes:
        """Return the answer to one command, without its tag (RFC 3501)."""
        match line.split(" ", 2):
            case ["CAPABILITY", *_]:
                return b"* CAPABILITY IMAP4rev1\r\n"
            case ["LOGIN", user, secret]:
                known = (user.strip('"'), secret.strip('"')) == (self.user, self.password)
                return b"" if known else b"NO"
            case ["SELECT", *_]:
                return f"* {len(self.messages)} EXISTS\r\n".encode()
            case ["UID", "SEARCH", _]:
                unseen = [str(uid) for uid, flags in self.flags.items() if r"\Seen" not in flags]
                return f"* SEARCH {' '.join(unseen)}\r\n".encode()
            case ["UID", "FETCH", what]:
                uid = int(what.split()[0])
                content = self.messages[uid]
                head = f"* {uid} FETCH (UID {uid} BODY[] {{{len(content)}}}\r\n".encode()
                return head + content + b")\r\n"
            case ["UID", "STORE", what]:
                self.flags[int(what.split()[0])] |= set(re.findall(r"\\\w+", what))
                return b""
            case ["LOGOUT", *_]:
                return b"* BYE\r\n"
        return b"NO"


@contextmanager
def imap_server(box: Box, *, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """Serve a mailbox until the end of the block; yield the port."""

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK hello\r\n")
            while line := self.rfile.readline().decode().strip():
                tag, _, command = line.partition(" ")
                told = box.answer(command)
                status = "NO not that" if told == b"NO" else "OK done"
                self.wfile.write((b"" if told == b"NO" else told) + f"{tag} {status}\r\n".encode())
                if command.startswith("LOGOUT"):
                    return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def get_request(self):
            visitor, where = super().get_request()
            return (context.wrap_socket(visitor, server_side=True) if context else visitor), where

        def handle_error(self, request, client_address) -> None:
            """Say nothing of a visitor who did not trust the certificate."""

    with Server(("127.0.0.1", 0), Session) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
