"""One address before several servers, as certificates print it: each path goes to its own (4(6))."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import urlsplit

from inro.demo.servers.free_port import LOOPBACK

_PATIENCE_S = 300
_MOST_OCTETS = 1 << 16
_NOT_OURS = frozenset({"connection", "transfer-encoding", "date", "server"})


class _Front(BaseHTTPRequestHandler):
    """Hands a question on and the answer back, whatever it is."""

    behind: ClassVar[Mapping[str, str]]

    def do_GET(self) -> None:
        self._forward(None)

    def do_POST(self) -> None:
        length = min(int(self.headers.get("Content-Length") or 0), _MOST_OCTETS)
        self._forward(self.rfile.read(length))

    def _forward(self, body: bytes | None) -> None:
        address = next(address for path, address in self.behind.items() if self.path.startswith(path))
        connection = HTTPConnection(urlsplit(address).netloc, timeout=_PATIENCE_S)
        kind = {"Content-Type": self.headers["Content-Type"]} if body is not None else {}
        try:
            connection.request(self.command, self.path, body=body, headers=kind)
            self._give(connection.getresponse())
        finally:
            connection.close()

    def _give(self, answer: HTTPResponse) -> None:
        octets = answer.read()
        self.send_response(answer.status)
        for name, text in answer.getheaders():
            if name.lower() not in _NOT_OURS:
                self.send_header(name, text)
        self.end_headers()
        self.wfile.write(octets)

    def log_message(self, *_: object) -> None:
        """Say nothing: the servers behind it keep their own logs."""


@contextmanager
def front(behind: Mapping[str, str]) -> Iterator[int]:
    """Run a server before those of `behind`, addresses by the beginnings of paths; yield its port."""
    kind = type("Front", (_Front,), {"behind": dict(sorted(behind.items(), key=lambda one: -len(one[0])))})
    with ThreadingHTTPServer((LOOPBACK, 0), kind) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
