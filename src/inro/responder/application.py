"""The responder as a bare ASGI application: published files, and answers about certificates (4(6), 26)."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from inro.adapters.ocsp_tree import FOLDER
from inro.pki.ocsp_request import MOST_OCTETS
from inro.responder.answers import Answers, Headers, Reply
from inro.responder.conditions import asked_range, is_unchanged, takes_gzip
from inro.responder.files import PublishedFile, WebFiles
from inro.responder.live import Live

type Send = Callable[[dict[str, Any]], Awaitable[None]]
type Receive = Callable[[], Awaitable[dict[str, Any]]]

_CHUNK = 1 << 18
_BODY_WITHIN_S = 10
# Relying parties may keep a list for five minutes; a revocation must not hide behind a cache (26.1).
_CACHING = b"public, max-age=300, must-revalidate"
# A question is a SEQUENCE, so its base64 begins with M; whatever else is no file's name is nothing here.
_QUESTION = "/M"
_ROOT = frozenset({"", "/"})


class Responder:
    """Serves one web tree, and the tree of answers in it; `live` is None where there is no key."""

    def __init__(
        self, folder: Path, *, live: Live | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._files = WebFiles(folder)
        self._answers = Answers(folder / FOLDER, live)
        self._clock = clock

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            await _live(receive, send)

    async def _answer(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        method, path = scope["method"], scope["path"]
        if method == "POST":
            await self._post(path, receive, send)
        elif method not in {"GET", "HEAD"}:
            await _refuse(send, 405, [(b"allow", b"GET, HEAD, POST" if path in _ROOT else b"GET, HEAD")])
        elif scope.get("query_string"):
            await _refuse(send, 404, [])
        elif path.startswith(_QUESTION):
            reply = await self._answers.asked_by_path(path[1:], self._clock())
            await _reply(send, reply, scope)
        else:
            await self._file(scope, send)

    async def _post(self, path: str, receive: Receive, send: Send) -> None:
        if path not in _ROOT:
            await _refuse(send, 405, [(b"allow", b"GET, HEAD")])
            return
        try:
            async with asyncio.timeout(_BODY_WITHIN_S):
                body = await _body(receive)
        except TimeoutError:
            await _refuse(send, 408, [(b"connection", b"close")])
            return
        if body is None:
            await _refuse(send, 413, [(b"connection", b"close")])
            return
        reply = await self._answers.asked(body, self._clock())
        await _start(send, 200, reply.headers)
        await send({"type": "http.response.body", "body": reply.body})

    async def _file(self, scope: dict[str, Any], send: Send) -> None:
        headers = scope["headers"]
        file = self._files.open(scope["path"], compressed=takes_gzip(headers))
        if file is None:
            await _refuse(send, 404, [])
            return
        with file.content:
            if is_unchanged(headers, etag=file.etag, last_modified=file.last_modified):
                await _start(send, 304, _headers(file))
                await send({"type": "http.response.body"})
            else:
                await _deliver(send, file, headers, body=scope["method"] == "GET")


async def _body(receive: Receive) -> bytes | None:
    """Return the whole body, or None where it is longer than any question."""
    body = b""
    while True:
        message = await receive()
        part: bytes = message.get("body", b"")
        body += part
        if len(body) > MOST_OCTETS:
            return None
        if not message.get("more_body"):
            return body


async def _reply(send: Send, reply: Reply, scope: dict[str, Any]) -> None:
    if reply.etag is not None and is_unchanged(
        scope["headers"], etag=reply.etag.decode(), last_modified=reply.last_modified.decode()
    ):
        await _start(send, 304, [pair for pair in reply.headers if pair[0] != b"content-length"])
        await send({"type": "http.response.body"})
        return
    await _start(send, 200, reply.headers)
    await send({"type": "http.response.body", "body": reply.body if scope["method"] == "GET" else b""})


async def _deliver(send: Send, file: PublishedFile, headers: Headers, *, body: bool) -> None:
    part = asked_range(headers, size=file.size, etag=file.etag)
    if part is None:
        first, left, status, more = 0, file.size, 200, []
    elif part.start >= file.size:
        await _refuse(send, 416, [(b"content-range", b"bytes */%d" % file.size)])
        return
    else:
        first, left, status = part.start, len(part), 206
        more = [(b"content-range", b"bytes %d-%d/%d" % (part.start, part.stop - 1, file.size))]
    await _start(send, status, [*_headers(file), *more, (b"content-length", str(left).encode())])
    file.content.seek(first)
    while body and left and (chunk := file.content.read(min(left, _CHUNK))):
        left -= len(chunk)
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body"})


def _headers(file: PublishedFile) -> Headers:
    made = [
        (b"content-type", file.media_type.encode()),
        (b"etag", file.etag.encode()),
        (b"last-modified", file.last_modified.encode()),
        (b"cache-control", _CACHING),
        (b"accept-ranges", b"bytes"),
        (b"vary", b"accept-encoding"),
        (b"x-content-type-options", b"nosniff"),
    ]
    return [*made, (b"content-encoding", b"gzip")] if file.compressed else made


async def _refuse(send: Send, status: int, headers: Headers) -> None:
    await _start(send, status, [*headers, (b"content-length", b"0"), (b"cache-control", b"no-store")])
    await send({"type": "http.response.body"})


async def _start(send: Send, status: int, headers: Headers) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
