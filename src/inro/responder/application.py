"""The responder as a bare ASGI application: GET and HEAD of published files, all else refused (4(6), 26)."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from inro.responder.files import PublishedFile, WebFiles

type Headers = list[tuple[bytes, bytes]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]
type Receive = Callable[[], Awaitable[dict[str, Any]]]

_CHUNK = 1 << 18
# Relying parties may keep a list for five minutes; a revocation must not hide behind a cache (26.1).
_CACHING = b"public, max-age=300, must-revalidate"


class Responder:
    """Serves one web tree."""

    def __init__(self, folder: Path) -> None:
        self._files = WebFiles(folder)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, send)

    async def _answer(self, scope: dict[str, Any], send: Send) -> None:
        if scope["method"] not in {"GET", "HEAD"}:
            await _refuse(send, 405, [(b"allow", b"GET, HEAD")])
            return
        file = self._files.open(scope["path"]) if not scope.get("query_string") else None
        if file is None:
            await _refuse(send, 404, [])
            return
        with file.content:
            if _unchanged(scope["headers"], file):
                await _start(send, 304, _headers(file))
                await send({"type": "http.response.body"})
            else:
                await _deliver(send, file, body=scope["method"] == "GET")


async def _deliver(send: Send, file: PublishedFile, *, body: bool) -> None:
    await _start(send, 200, [*_headers(file), (b"content-length", str(file.size).encode())])
    while body and (chunk := file.content.read(_CHUNK)):
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body"})


def _headers(file: PublishedFile) -> Headers:
    return [
        (b"content-type", file.media_type.encode()),
        (b"etag", file.etag.encode()),
        (b"last-modified", file.last_modified.encode()),
        (b"cache-control", _CACHING),
        (b"x-content-type-options", b"nosniff"),
    ]


def _unchanged(headers: Headers, file: PublishedFile) -> bool:
    asked = {name: value.decode("latin-1") for name, value in headers}
    if (tags := asked.get(b"if-none-match")) is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or file.etag in known
    since = _instant(asked.get(b"if-modified-since", ""))
    changed = _instant(file.last_modified)
    return since is not None and changed is not None and changed <= since


def _instant(text: str) -> datetime | None:
    try:
        instant = parsedate_to_datetime(text)
    except ValueError:
        return None
    return instant if instant.tzinfo is not None else None


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
