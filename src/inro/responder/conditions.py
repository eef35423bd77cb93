"""What a client's headers ask for: only if changed, a part, compressed (RFC 9110 8.4, 13, 14)."""

import re
from collections.abc import Iterable

from inro.responder.http_dates import instant

type Asked = Iterable[tuple[bytes, bytes]]

_RANGE = re.compile(r"bytes=([0-9]{1,15})-([0-9]{0,15})|bytes=-([0-9]{1,15})")
_GZIP = re.compile(r"(?:^|,)\s*(?:gzip|\*)\s*(?:$|,|;\s*q=(?:1|0?\.[0-9]*[1-9]))", re.IGNORECASE)


def is_unchanged(headers: Asked, *, etag: str, last_modified: str) -> bool:
    """Say whether the client has this version already (RFC 9110 13.1)."""
    tags = _value(headers, b"if-none-match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or etag in known
    asked = _value(headers, b"if-modified-since")
    if asked is None:
        return False
    since, changed = instant(asked), instant(last_modified)
    return since is not None and changed is not None and changed <= since


def asked_range(headers: Asked, *, size: int, etag: str) -> range | None:
    """Return the one part that is asked for, None for the whole; a start behind the end can't be met."""
    asked = _RANGE.fullmatch(_value(headers, b"range") or "")
    if asked is None or _value(headers, b"if-range") not in {None, etag}:
        return None
    first, last, final = asked.groups()
    if final is not None:
        return range(max(0, size - int(final)), size) if int(final) else range(size, size)
    end = min(size, int(last) + 1) if last else size
    return range(int(first), end) if int(first) < end or int(first) >= size else None


def takes_gzip(headers: Asked) -> bool:
    """Say whether the client takes gzip; a part of a file is always of the file itself."""
    accepted = _value(headers, b"accept-encoding")
    if accepted is None or _value(headers, b"range") is not None:
        return False
    return _GZIP.search(accepted) is not None


def _value(headers: Asked, name: bytes) -> str | None:
    for each, value in headers:
        if each == name:
            return value.decode("latin-1")
    return None
