"""Every entry of a list, read as a stream: well formed, unique, the same set as the database's (26.1, 39.4).

pkilint reads a sample; this reads all of them, a million in a few seconds. The digest of a set of entries
does not depend on their order: keyed hashes are added up, and with a fresh random key nobody aims at a sum.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache

from inro.pki import der

PROBLEMS_REPORTED = 20
_MODULUS = 1 << 256
# Revocation date, then no extension or a reason code that is not critical; 'unspecified' is said by silence.
_AFTER_SERIAL = re.compile(
    rb"(?:\x17\x0d([0-9]{6})|\x18\x0f([0-9]{8}))((?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9])Z"
    rb"(?:\x30\x0c\x30\x0a\x06\x03\x55\x1d\x15\x04\x03\x0a\x01([\x01-\x05\x09]))?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySet:
    """A set of entries: how many, the digest that any order of them has (hex)."""

    count: int
    digest: str


class EntrySum:
    """An entry set that grows; `key`, 16 to 64 random octets, is the digest's."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._count = self._total = 0

    def add(self, entry: bytes) -> None:
        """Take up one entry, encoded."""
        self._total += _digest(entry, self._key)
        self._count += 1

    @property
    def set(self) -> EntrySet:
        """What was taken up so far."""
        return EntrySet(count=self._count, digest=_hex(self._total))


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCheck:
    """What reading every entry gave; `reasons` counts reason codes, None for entries without one."""

    entries: EntrySet
    reasons: dict[int | None, int]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    data: bytes
    start: int
    end: int
    this_update: datetime


def check_entries(
    certificate_list: bytes, *, key: bytes, skipped: int = 0, is_compared: bool = False
) -> EntryCheck:
    """Read every entry of a list, or of its unsigned bytes, DER.

    `key`, 16 to 64 random octets, is the digest's. At most 20 problems are told. The first `skipped` octets
    of entries, read before, are left out. Whoever compares the set with one of unique serials (`is_compared`)
    would see there that one comes twice, and need not have a million of them in memory.
    Raises: EncodingRefused if the list itself cannot be read.
    """
    whole = _entries_span(certificate_list)
    span = replace(whole, start=whole.start + skipped)
    problems: list[str] = []
    previous, is_ascending = b"", True
    reasons: Counter[int | None] = Counter()
    latest = span.this_update.strftime("%Y%m%d%H%M%S").encode()
    total = count = 0
    for entry, serial, rest in _entries(span, problems):
        reason, problem = _read_rest(rest, latest)
        if problem:
            problems.append(f"{serial.hex()}: {problem}")
        is_ascending = is_ascending and serial > previous
        previous = serial
        reasons[reason] += 1
        total += _digest(entry, key)
        count += 1
    if not is_ascending and not is_compared:
        # Only a list out of order needs all its serials in memory to see that none comes twice.
        problems += _repeated(span)
    found = EntrySet(count=count, digest=_hex(total))
    return EntryCheck(entries=found, reasons=dict(reasons), problems=tuple(problems[:PROBLEMS_REPORTED]))


def _repeated(span: _Span) -> Iterator[str]:
    seen: set[bytes] = set()
    for _, serial, _ in _entries(span, []):
        if serial in seen:
            yield f"{serial.hex()}: twice"
        seen.add(serial)


def entry_octets(certificate_list: bytes) -> memoryview:
    """Return all entries of a list, or of its unsigned bytes, one behind the other.

    Raises: EncodingRefused.
    """
    span = _entries_span(certificate_list)
    return memoryview(certificate_list)[span.start : span.end]


def serials_left(*, before: bytes, after: bytes) -> frozenset[bytes]:
    """Return the serials (20 octets) that the list `before` holds and the list `after` does not.

    Raises: EncodingRefused.
    """
    old, new = entry_octets(before), entry_octets(after)
    if len(old) <= len(new) and old == new[: len(old)]:
        # As after every revocation: the same entries, and some behind them.
        return frozenset()
    stayed = {serial for _, serial, _ in _entries(_entries_span(after), [])}
    gone = (serial for _, serial, _ in _entries(_entries_span(before), []) if serial not in stayed)
    return frozenset(serial.rjust(20, b"\0") for serial in gone)


def entry_set(entries: Iterable[bytes], *, key: bytes) -> EntrySet:
    """Return count and digest of encoded entries, as the database gives them."""
    found = EntrySum(key)
    for entry in entries:
        found.add(entry)
    return found.set


NO_ENTRIES = EntrySet(count=0, digest="0" * 64)


def union_of(*sets: EntrySet) -> EntrySet:
    """Return the entry set of several without a common entry: of CRL and ARL, that of the full CRL."""
    total = sum(int(one.digest, 16) for one in sets)
    return EntrySet(count=sum(one.count for one in sets), digest=_hex(total))


def union_problems(*, crl: bytes, arl: bytes, full_crl: bytes, key: bytes) -> tuple[str, ...]:
    """Say how the full CRL differs from CRL and ARL taken together (39.4); empty when it does not."""
    spans = [_entries_span(certificate_list) for certificate_list in (crl, arl, full_crl)]
    sums = [sum(_digest(entry, key) for entry, _, _ in _entries(span, [])) for span in spans]
    if (sums[0] + sums[1] - sums[2]) % _MODULUS == 0:
        return ()
    subscribers, authorities, everything = ({serial for _, serial, _ in _entries(span, [])} for span in spans)
    parts = subscribers | authorities
    problems = [f"{serial.hex()}: not in the full CRL" for serial in sorted(parts - everything)]
    problems += [f"{serial.hex()}: in the full CRL only" for serial in sorted(everything - parts)]
    problems += [f"{serial.hex()}: in CRL and ARL" for serial in sorted(subscribers & authorities)]
    return tuple(problems[:PROBLEMS_REPORTED]) or ("dates or reasons differ",)


def revoked_serials(certificate_list: bytes) -> Iterator[int]:
    """Yield the serials of a list (DER) in its order.

    Raises: EncodingRefused.
    """
    for _, serial, _ in _entries(_entries_span(certificate_list), []):
        yield int.from_bytes(serial, "big")


def listed_revocations(certificate_list: bytes) -> Iterator[tuple[bytes, datetime, int | None]]:
    """Yield serial (20 octets), revocation date and reason code of every entry of a list (DER).

    Raises: EncodingRefused; ValueError for an entry that these lists never carry.
    """
    for _, serial, rest in _entries(_entries_span(certificate_list), []):
        reason, _ = _read_rest(rest, b"9")
        date = der.read_element(rest)
        instant = read_time(date.tag, rest[date.body : date.end])
        yield serial.rjust(20, b"\0"), instant, reason


def _entries(span: _Span, problems: list[str]) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield (entry, serial octets, what follows the serial); stop at the first that is no entry."""
    data, offset, end = span.data, span.start, span.end
    while offset < end:
        # Entries are short: one octet of length each, which keeps a million of them within seconds.
        after = offset + 2 + data[offset + 1]
        serial_end = offset + 4 + data[offset + 3] if after <= end else end
        head = data[offset : offset + 3 : 2]
        if head != b"\x30\x02" or data[offset + 1] >= 0x80 or after > end or serial_end >= after:
            problems.append(f"no entry at offset {offset}")
            return
        serial = data[offset + 4 : serial_end]
        if not _is_positive(serial):
            problems.append(f"{serial.hex()}: serial not positive in its shortest form")
        yield data[offset:after], serial, data[serial_end:after]
        offset = after


def _is_positive(serial: bytes) -> bool:
    if not 1 <= len(serial) <= 20 or serial[0] >= 0x80:
        return False
    return serial[0] != 0 or (len(serial) > 1 and serial[1] >= 0x80)


def _read_rest(rest: bytes, latest: bytes) -> tuple[int | None, str]:
    """Return reason and problem of what follows a serial; `latest` is thisUpdate in digits."""
    match = _AFTER_SERIAL.fullmatch(rest)
    if match is None:
        return None, "date, reason or an extension that these lists never carry"
    short, long, clock, reason_octet = match.groups()
    reason = reason_octet[0] if reason_octet else None
    day = _day(der.UTC_TIME, short) if short else _day(der.GENERALIZED_TIME, long)
    if not day:
        return reason, "no date"
    # Digits of one length compare as instants do, and a million instants need not be made.
    if day + clock > latest:
        return reason, "revoked after thisUpdate"
    return reason, ""


@lru_cache(maxsize=8192)
def _day(tag: int, digits: bytes) -> bytes:
    """Return a day in eight digits, or nothing if there is no such day."""
    try:
        return read_time(tag, digits + b"000000Z").strftime("%Y%m%d").encode()
    except ValueError:
        return b""


def read_time(tag: int, text: bytes) -> datetime:
    """Return the instant of an ASN.1 time (RFC 5280 4.1.2.5.1, 4.1.2.5.2).

    Raises: ValueError.
    """
    digits = text.decode("ascii")
    if tag == der.UTC_TIME:
        digits = ("19" if digits[:2] >= "50" else "20") + digits
    elif tag != der.GENERALIZED_TIME:
        raise der.EncodingRefused(problem="no time", offset=0)
    return datetime.strptime(digits, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _entries_span(certificate_list: bytes) -> _Span:
    """Find the entries of a list or of its unsigned bytes."""
    outer = der.read_whole(certificate_list, der.SEQUENCE)
    tbs = next(der.children(certificate_list, outer), outer)
    fields = list(der.children(certificate_list, tbs if tbs.tag == der.SEQUENCE else outer))
    if len(fields) < 6 or [field.tag for field in fields[:3]] != [der.INTEGER, der.SEQUENCE, der.SEQUENCE]:
        raise der.EncodingRefused(problem="not a list of version 2", offset=0)
    this_update = fields[3]
    try:
        instant = read_time(this_update.tag, certificate_list[this_update.body : this_update.end])
    except ValueError as error:
        raise der.EncodingRefused(problem="no thisUpdate", offset=this_update.start) from error
    entries = fields[5]
    if entries.tag != der.SEQUENCE:
        return _Span(data=certificate_list, start=0, end=0, this_update=instant)
    return _Span(data=certificate_list, start=entries.body, end=entries.end, this_update=instant)


def _digest(entry: bytes, key: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(entry, digest_size=32, key=key).digest(), "big")


def _hex(total: int) -> str:
    return f"{total % _MODULUS:064x}"
