"""Corporate Numbers as the National Tax Agency publishes them: rows of 30 columns, read strictly (8.2).

Files and Web-API answers hold the same rows, in UTF-8 (type 02) or in Shift_JIS as Windows has it (type 01).
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inro.japanese.numbers import is_corporate_number
from inro.practice.errors import Refused

COLUMNS = (
    "sequenceNumber",
    "corporateNumber",
    "process",
    "correct",
    "updateDate",
    "changeDate",
    "name",
    "nameImageId",
    "kind",
    "prefectureName",
    "cityName",
    "streetNumber",
    "addressImageId",
    "prefectureCode",
    "cityCode",
    "postCode",
    "addressOutside",
    "addressOutsideImageId",
    "closeDate",
    "closeCause",
    "successorCorporateNumber",
    "changeCause",
    "assignmentDate",
    "latest",
    "enName",
    "enPrefectureName",
    "enCityName",
    "enAddressOutside",
    "furigana",
    "hihyoji",
)
LONGEST_TEXT = 2_000
_DELETED = "99"
_DIGITS = re.compile("[0-9]+")
# What no field may hold: controls, separators of lines, surrogates, what a lost character leaves behind.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffd\ufffe\uffff]")


class PublicationEncoding(StrEnum):
    """How a publication is written."""

    UTF_8 = "utf-8"
    SHIFT_JIS = "cp932"


class RowFault(StrEnum):
    """What is wrong with a row."""

    COLUMNS = "columns"
    ENCODING = "encoding"
    QUOTES = "quotes"
    TOO_LONG = "too_long"
    CHARACTER = "character"
    NOT_DIGITS = "not_digits"
    CHECK_DIGIT = "check_digit"
    CODE = "code"
    DATE = "date"
    EMPTY = "empty"
    NUMBER_TWICE = "number_twice"


class RowRefused(Refused):
    """A row is not as published; `line` counts from 1, `column` is empty where the whole row is meant."""

    def __init__(self, *, line: int, fault: RowFault, column: str = "") -> None:
        super().__init__(line=line, column=column, fault=fault.value)
        self.line = line
        self.column = column
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEntry:
    """What is published of one Corporate Number; text is empty and a date None where nothing is stated.

    `post_code` is 7 digits. `abroad` is an address outside Japan. `successor` is the number that takes over
    after a merger. `hidden` says that a search on the Agency's site leaves the entry out.
    """

    number: str
    process: str
    updated_on: date
    changed_on: date
    name: str
    kind: str
    prefecture: str
    city: str
    street: str
    post_code: str
    abroad: str
    closed_on: date | None
    close_cause: str
    successor: str
    latest: bool
    furigana: str
    hidden: bool

    @property
    def stands(self) -> bool:
        """Whether this is what holds of the number now: the latest row, and the number not taken back."""
        return self.latest and self.process != _DELETED


_CODES: dict[str, frozenset[str]] = {
    "process": frozenset(("01", "11", "12", "13", "21", "22", "71", "72", "81", _DELETED)),
    "correct": frozenset("01"),
    "kind": frozenset(("101", "201", "301", "302", "303", "304", "305", "399", "401", "499")),
    "closeCause": frozenset(("", "01", "11", "21", "31")),
    "latest": frozenset("01"),
    "hihyoji": frozenset("01"),
}
_CODE_PLACES = tuple((COLUMNS.index(column), codes) for column, codes in _CODES.items())
_NUMBER, _SUCCESSOR = COLUMNS.index("corporateNumber"), COLUMNS.index("successorCorporateNumber")
_UPDATED, _CHANGED, _CLOSED = map(COLUMNS.index, ("updateDate", "changeDate", "closeDate"))
_SEQUENCE, _NAME, _POST_CODE = map(COLUMNS.index, ("sequenceNumber", "name", "postCode"))


def encoding_of(sample: bytes) -> PublicationEncoding:
    """Return how a publication is written whose first lines, whole ones, are `sample`."""
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError:
        return PublicationEncoding.SHIFT_JIS
    return PublicationEncoding.UTF_8


def read_entries(
    lines: Iterable[bytes], *, encoding: PublicationEncoding, first_line: int = 1
) -> Iterator[PublishedEntry]:
    """Yield the entries of a publication; `lines` keep their line breaks, the first is called `first_line`.

    Raises: RowRefused at the first row that is not as published.
    """
    rows = csv.reader(_texts(lines, encoding, first_line), strict=True)
    line = first_line
    try:
        for fields in rows:
            if rows.line_num != line - first_line + 1:
                raise RowRefused(line=line, fault=RowFault.QUOTES)
            yield read_row(fields, line=line)
            line += 1
    except csv.Error as error:
        raise RowRefused(line=line, fault=RowFault.QUOTES) from error


def read_row(fields: Sequence[str], *, line: int) -> PublishedEntry:
    """Return the entry that one row of 30 fields states.

    Raises: RowRefused.
    """
    _check_texts(fields, line)
    for place, codes in _CODE_PLACES:
        if fields[place] not in codes:
            raise RowRefused(line=line, column=COLUMNS[place], fault=RowFault.CODE)
    _check_digits(fields, _SEQUENCE, line)
    if fields[_POST_CODE]:
        _check_digits(fields, _POST_CODE, line, length=7)
    if not fields[_NAME].strip():
        raise RowRefused(line=line, column="name", fault=RowFault.EMPTY)
    _check_number(fields, _NUMBER, line)
    if fields[_SUCCESSOR]:
        _check_number(fields, _SUCCESSOR, line)
    return PublishedEntry(
        number=fields[1],
        process=fields[2],
        updated_on=_day(fields, _UPDATED, line),
        changed_on=_day(fields, _CHANGED, line),
        name=fields[6],
        kind=fields[8],
        prefecture=fields[9],
        city=fields[10],
        street=fields[11],
        post_code=fields[15],
        abroad=fields[16],
        closed_on=_day(fields, _CLOSED, line) if fields[_CLOSED] else None,
        close_cause=fields[19],
        successor=fields[20],
        latest=fields[23] == "1",
        furigana=fields[28],
        hidden=fields[29] == "1",
    )


def _texts(lines: Iterable[bytes], encoding: PublicationEncoding, first_line: int) -> Iterator[str]:
    name = encoding.value
    for line, octets in enumerate(lines, start=first_line):
        try:
            yield octets.decode(name)
        except UnicodeDecodeError as error:
            raise RowRefused(line=line, fault=RowFault.ENCODING) from error


def _check_texts(fields: Sequence[str], line: int) -> None:
    if len(fields) != len(COLUMNS):
        raise RowRefused(line=line, fault=RowFault.COLUMNS)
    # One look at all of a good row; which column it was matters only in a bad one.
    if max(map(len, fields)) > LONGEST_TEXT or _UNFIT.search("".join(fields)):
        for column, text in zip(COLUMNS, fields, strict=True):
            if len(text) > LONGEST_TEXT:
                raise RowRefused(line=line, column=column, fault=RowFault.TOO_LONG)
            if _UNFIT.search(text):
                raise RowRefused(line=line, column=column, fault=RowFault.CHARACTER)


def _check_digits(fields: Sequence[str], place: int, line: int, length: int | None = None) -> None:
    text = fields[place]
    if not _DIGITS.fullmatch(text) or length not in {None, len(text)}:
        raise RowRefused(line=line, column=COLUMNS[place], fault=RowFault.NOT_DIGITS)


def _check_number(fields: Sequence[str], place: int, line: int) -> None:
    if not is_corporate_number(fields[place]):
        _check_digits(fields, place, line, length=13)
        raise RowRefused(line=line, column=COLUMNS[place], fault=RowFault.CHECK_DIGIT)


def _day(fields: Sequence[str], place: int, line: int) -> date:
    text = fields[place]
    try:
        # `fromisoformat` also takes shorter forms, and weeks.
        if text[4:5] == text[7:8] == "-":
            return date.fromisoformat(text)
    except ValueError as error:
        raise RowRefused(line=line, column=COLUMNS[place], fault=RowFault.DATE) from error
    raise RowRefused(line=line, column=COLUMNS[place], fault=RowFault.DATE)
