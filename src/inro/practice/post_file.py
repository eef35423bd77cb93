"""Files to and from the post's label software: addresses out, accepted numbers back (17.4).

Widths are octets of CP932; a field that is cut never ends inside a character.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inro.practice.errors import Refused
from inro.practice.packing import PackingRefused
from inro.practice.postage import PostCodes

CODEC = "cp932"
ADDRESS_OCTETS = 50
ADDRESS_FIELDS = 3
NAME_OCTETS = 50
MOST_LINES = 5_000
HEAD = (
    "お客様側管理番号",
    "発送予定日",
    "発送予定時間区分",
    "出荷期限日",
    "到着期限日",
    "郵便種別",
    "保冷種別",
    "元払／着払／代引種別",
    "書留／セキュリティ／特定記録種別",
    "配達時間帯指定郵便種別",
    "送り状種別",
    "お届け先コード",
    "お届け先郵便番号",
    "お届け先住所1",
    "お届け先住所2",
    "お届け先住所3",
    "お届け先名称",
    "お届け先敬称",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """One parcel for the label software; `codes` are what it calls the service."""

    number: str
    posted_on: date
    codes: PostCodes
    postal_code: str
    address: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFault:
    """What is wrong with one line of a file; lines count from 1, `field` is the column."""

    line: int
    field: str
    problem: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedNumber:
    """One line that came back: our number of a parcel, and the number under which the post takes it."""

    line: int
    number: str
    tracking: str


class LinesRefused(Refused):
    """A file is taken whole or not at all: each line that is wrong, with its place and reason."""

    def __init__(self, *, faults: Sequence[LineFault]) -> None:
        super().__init__(faults=len(faults), lines=[fault.line for fault in faults])
        self.faults = tuple(faults)


def cut_octets(text: str, *, octets: int) -> tuple[str, str]:
    """Return what of a text fits into so many octets of CP932 without splitting a character, and the rest.

    Raises: UnicodeEncodeError for what CP932 lacks.
    """
    used = 0
    for place, sign in enumerate(text):
        used += len(sign.encode(CODEC))
        if used > octets:
            return text[:place], text[place:]
    return text, ""


def post_file(lines: Sequence[PostLine]) -> bytes:
    """Return the file the label software imports, in CP932, every field quoted.

    Raises: LinesRefused naming each line whose name or address CP932 lacks or that is too long.
    """
    faults = [fault for place, line in enumerate(lines, start=1) for fault in _faults(line, place)]
    if faults:
        raise LinesRefused(faults=faults)
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows(_fields(line) for line in lines)
    return out.getvalue().encode(CODEC)


def accepted_numbers(data: bytes) -> tuple[AcceptedNumber, ...]:
    """Return the lines of a file with our number first and the post's second; a head line is passed over.

    Raises: PackingRefused for what is no such file, LinesRefused for lines that lack a column.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode(CODEC)
        except UnicodeDecodeError:
            raise PackingRefused(field="file", problem="not_text") from None
    if "\0" in text:
        raise PackingRefused(field="file", problem="not_text")
    rows = [(place, row) for place, row in enumerate(csv.reader(io.StringIO(text)), start=1) if any(row)]
    if rows and rows[0][1][0].strip() == HEAD[0]:
        rows = rows[1:]
    if not rows or len(rows) > MOST_LINES:
        raise PackingRefused(field="file", problem="no_lines" if not rows else "too_many")
    short = [
        LineFault(line=place, field="tracking", problem="missing") for place, row in rows if len(row) < 2
    ]
    if short:
        raise LinesRefused(faults=short)
    return tuple(
        AcceptedNumber(line=place, number=row[0].strip(), tracking=row[1].strip()) for place, row in rows
    )


def _faults(line: PostLine, place: int) -> list[LineFault]:
    found = []
    for field, text in (("name", line.name), ("address", line.address)):
        lacking = "".join(dict.fromkeys(sign for sign in text if not _known(sign)))
        if lacking:
            found.append(LineFault(line=place, field=field, problem="lacking", value=lacking))
    if found:
        return found
    if cut_octets(line.name, octets=NAME_OCTETS)[1]:
        found.append(LineFault(line=place, field="name", problem="too_long", value=line.number))
    if _address_fields(line.address)[-1]:
        found.append(LineFault(line=place, field="address", problem="too_long", value=line.number))
    return found


def _fields(line: PostLine) -> tuple[str, ...]:
    day, address = f"{line.posted_on:%Y%m%d}", _address_fields(line.address)[:ADDRESS_FIELDS]
    head = (line.number, day, "", "", "", line.codes.kind, "0", "0", line.codes.registration, "", "", "")
    return (*head, line.postal_code, *address, line.name, "様")


def _address_fields(address: str) -> tuple[str, ...]:
    """Return the three fields of an address, and what is left of it."""
    fields, rest = [], address
    for _ in range(ADDRESS_FIELDS):
        part, rest = cut_octets(rest, octets=ADDRESS_OCTETS)
        fields.append(part)
    return (*fields, rest)


def _known(sign: str) -> bool:
    try:
        sign.encode(CODEC)
    except UnicodeEncodeError:
        return False
    return True
