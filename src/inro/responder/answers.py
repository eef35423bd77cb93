"""Which answer a question gets: the one that lies ready, one signed now, or an error (RFC 6960, 5019, 9654).

A file is looked at for every question, so that an answer replaced after a revocation is given from then on by
every process, however many copies of the responder there are.
"""

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from inro.pki.ocsp_request import (
    OcspRequest,
    RequestRefused,
    answer_file,
    parse_request,
    request_for,
    request_of_path,
)
from inro.pki.ocsp_response import Answer, ErrorAnswer, read_answer
from inro.responder.files import Version, version_of
from inro.responder.http_dates import http_date
from inro.responder.live import Live

MEDIA_TYPE = b"application/ocsp-response"
# A cache may keep an answer for five minutes, whatever the answer itself says: that bounds how late a
# revocation is seen (26.1).
MOST_CACHED_S = 300
MOST_KEPT = 8192

type Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What goes back: octets, and the headers; `etag` is None for what no cache may keep."""

    body: bytes
    headers: Headers
    etag: bytes | None = None
    last_modified: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """An answer in memory, good as long as its file is this version and the answer in force."""

    version: Version
    place: str
    body: bytes
    etag: bytes
    last_modified: bytes
    fixed: Headers
    next_update: float


# `os.stat` and `open`: a Path made for each question would cost as much as all the rest.
class Answers:
    """Gives answers out of one tree; `live` signs those that can't lie ready, None where there is no key."""

    def __init__(self, folder: Path, live: Live | None) -> None:
        self._folder = str(folder)
        self._live = live
        self._kept: dict[str, _Kept] = {}
        self._places: dict[bytes | str, str] = {}

    async def asked_by_path(self, path: str, now: float) -> Reply:
        """Answer the question in a GET's decoded path, without its first slash."""
        place = self._places.get(path)
        if place is not None and (reply := self._ready(place, now)) is not None:
            return reply
        try:
            return await self._answer(request_of_path(path), path, now)
        except RequestRefused:
            return error(ErrorAnswer.MALFORMED_REQUEST)

    async def asked(self, request: bytes, now: float) -> Reply:
        """Answer the question in a POST's body."""
        place = self._places.get(request)
        if place is not None and (reply := self._ready(place, now)) is not None:
            return reply
        try:
            return await self._answer(request, request, now)
        except RequestRefused:
            return error(ErrorAnswer.MALFORMED_REQUEST)

    async def _answer(self, octets: bytes, asked_as: bytes | str, now: float) -> Reply:
        request = parse_request(octets)
        one = request.asked[0] if len(request.asked) == 1 else None
        place = self._place(request_for(one.canonical)) if one is not None else None
        if place is not None and request.nonce is None and (reply := self._ready(place, now)) is not None:
            if one is not None and one.encoded == one.canonical:
                self._remember(asked_as, place)
                return reply
            if self._live is None:
                return reply
        return await self._signed_now(request, place, now)

    async def _signed_now(self, request: OcspRequest, place: str | None, now: float) -> Reply:
        if self._live is not None:
            found = [self._find(request_for(asked.canonical)) for asked in request.asked]
            answer = await self._live.answer(request, found, datetime.fromtimestamp(now, UTC))
            if not isinstance(answer, ErrorAnswer):
                return _uncached(answer)
            if answer is not ErrorAnswer.TRY_LATER or place is None:
                return error(answer)
        # Without a key, or with more questions than it can sign for, a nonce is passed over (RFC 9654 2.1).
        ready = self._ready(place, now) if place is not None else None
        if ready is not None:
            return ready
        if place is not None and Path(place).exists():
            return error(ErrorAnswer.TRY_LATER)
        return error(ErrorAnswer.UNAUTHORIZED if self._live is None else ErrorAnswer.TRY_LATER)

    def _place(self, request: bytes) -> str:
        return f"{self._folder}/{answer_file(request)}"

    def _find(self, request: bytes) -> bytes | None:
        try:
            return Path(self._place(request)).read_bytes()
        except OSError:
            return None

    def _ready(self, place: str, now: float) -> Reply | None:
        """Return the answer that lies ready there, if it is in force."""
        try:
            state = os.stat(place)  # noqa: PTH116
        except OSError:
            self._kept.pop(place, None)
            return None
        kept = self._kept.get(place)
        if kept is None or kept.version != version_of(state):
            kept = self._load(place)
        if kept is None or now >= kept.next_update:
            return None
        seconds = min(MOST_CACHED_S, int(kept.next_update - now))
        return Reply(
            body=kept.body,
            etag=kept.etag,
            last_modified=kept.last_modified,
            headers=[*kept.fixed, *_caching(seconds, int(now))],
        )

    def _load(self, place: str) -> _Kept | None:
        try:
            with open(place, "rb") as file:  # noqa: PTH123
                state = os.fstat(file.fileno())
                body = file.read()
            answer = read_answer(body)
        except (OSError, ValueError):
            return None
        kept = _kept(place, version_of(state), answer)
        _bound(self._kept)
        self._kept[place] = kept
        return kept

    def _remember(self, asked_as: bytes | str, place: str) -> None:
        _bound(self._places)
        self._places[asked_as] = place


def _bound(kept: dict[str, _Kept] | dict[bytes | str, str]) -> None:
    while len(kept) >= MOST_KEPT:
        del kept[next(iter(kept))]  # type: ignore[arg-type]


def _kept(place: str, version: Version, answer: Answer) -> _Kept:
    etag = b'"' + hashlib.sha256(answer.encoded).hexdigest()[:32].encode() + b'"'
    last_modified = http_date(int(answer.produced_at.timestamp()))
    return _Kept(
        version=version,
        place=place,
        body=answer.encoded,
        etag=etag,
        last_modified=last_modified,
        fixed=[
            (b"content-type", MEDIA_TYPE),
            (b"content-length", str(len(answer.encoded)).encode()),
            (b"etag", etag),
            (b"last-modified", last_modified),
        ],
        next_update=answer.next_update.timestamp(),
    )


def _caching(seconds: int, now: int) -> Headers:
    return [
        (b"expires", http_date(now + seconds)),
        (b"cache-control", b"max-age=%d, public, no-transform, must-revalidate" % seconds),
    ]


def error(answer: ErrorAnswer) -> Reply:
    """Return an error, which nobody keeps (RFC 5019 6.2)."""
    return _uncached(answer.encoded)


def _uncached(body: bytes) -> Reply:
    return Reply(
        body=body,
        headers=[
            (b"content-type", MEDIA_TYPE),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ],
    )
