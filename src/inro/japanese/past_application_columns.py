"""The columns of a file of past applications: their names, and how each field is read (8.11)."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from inro.japanese.address_reading import PREFECTURES
from inro.japanese.eras import read_date
from inro.japanese.kana import read_reading
from inro.japanese.number_detector import holds_forbidden_number
from inro.japanese.numbers import NumberVerdict, read_corporate_number
from inro.japanese.postal_code import postal_digits
from inro.japanese.romaji import is_roman_name, one_roman_writing
from inro.japanese.telephone import read_telephone
from inro.japanese.units import TextRefused, split_units
from inro.practice.calendar import add_months
from inro.practice.past_application import PastService
from inro.practice.stated import ApplicantKind, NameChoice
from inro.practice.validity import LEGAL_LIMIT_MONTHS, ValidityPeriod

_OLDEST, _NEVER = date(1900, 1, 1), date(2100, 1, 1)
_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z-]{0,31}")
_EMAIL = re.compile(r"[0-9A-Za-z.!#$%&'*+/=?^_`{|}~-]+@[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)+")
# Fewer digits than this are no Individual Number, and nearly every field has fewer.
_FEWEST_DIGITS = 11


class LineFault(StrEnum):
    """What is wrong with a line, or with one field of it."""

    ENCODING = "encoding"
    QUOTES = "quotes"
    COLUMNS = "columns"
    LINE_TOO_LONG = "line_too_long"
    INDIVIDUAL_NUMBER = "individual_number"
    MISSING = "missing"
    TOO_LONG = "too_long"
    CHARACTER = "character"
    UNSETTLED = "unsettled"
    CHOICE = "choice"
    NUMBER = "number"
    NO_DATE = "no_date"
    IMPOSSIBLE_DAY = "impossible_day"
    POSTAL_CODE = "postal_code"
    PREFECTURE = "prefecture"
    CORPORATE_NUMBER = "corporate_number"
    CHECK_DIGIT = "check_digit"
    KANA = "kana"
    ROMAJI = "romaji"
    ROMAJI_OF_ANOTHER = "romaji_of_another"
    TELEPHONE = "telephone"
    EMAIL = "email"
    NOT_REPLACED_SO = "not_replaced_so"
    SOLE_PROPRIETOR = "sole_proprietor"
    ENDS_TOO_EARLY = "ends_too_early"
    RETENTION_OVER = "retention_over"
    TWICE = "twice"
    OTHER_CONTENT = "other_content"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFinding:
    """One thing that is wrong: `column` is empty for a whole line; never what was written.

    `place` is that of a character, from 1, `code_point` which one; 0 and None where no single one is meant.
    """

    line: int
    fault: LineFault
    column: str = ""
    place: int = 0
    code_point: int | None = None


class FieldRefused(Exception):
    """A field is not as it must be."""

    def __init__(self, fault: LineFault, *, place: int = 0, code_point: int | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.place = place
        self.code_point = code_point


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name in either language, how long a field may be, how it is read on a day."""

    name: str
    japanese: str
    read: Callable[[str, date], Any]
    most: int
    required: bool = False


def holds_number(text: str) -> bool:
    """Return whether a field holds an Individual Number or a resident record code (8.5)."""
    return sum(map(str.isnumeric, text)) >= _FEWEST_DIGITS and holds_forbidden_number(text)


def field_value(column: Column, text: str, *, today: date) -> Any:
    """Return what a field states, "" for an empty one.

    Raises: FieldRefused, an Individual Number before anything else (8.5).
    """
    if holds_number(text):
        raise FieldRefused(LineFault.INDIVIDUAL_NUMBER)
    written = text.strip()
    if not written:
        if column.required:
            raise FieldRefused(LineFault.MISSING)
        return ""
    if len(written) > column.most:
        raise FieldRefused(LineFault.TOO_LONG)
    try:
        split_units(written)
    except TextRefused as refused:
        raise FieldRefused(
            LineFault.CHARACTER, place=refused.place + 1, code_point=refused.code_point
        ) from refused
    return column.read(written, today)


def _text(text: str, _today: date) -> str:
    return text


def _choice(words: Mapping[str, Any]) -> Callable[[str, date], Any]:
    def read(text: str, _today: date) -> Any:
        found = words.get(unicodedata.normalize("NFKC", text))
        if found is None:
            raise FieldRefused(LineFault.CHOICE)
        return found

    return read


def _named(words: Mapping[str, StrEnum]) -> Callable[[str, date], Any]:
    return _choice({**words, **{value.value: value for value in words.values()}})


def _number(text: str, _today: date) -> str:
    written = unicodedata.normalize("NFKC", text).upper()
    if not _NUMBER.fullmatch(written):
        raise FieldRefused(LineFault.NUMBER)
    return written


def _day(text: str, _today: date) -> date:
    day = read_date(text).day
    if day is None:
        raise FieldRefused(LineFault.NO_DATE)
    if not _OLDEST <= day < _NEVER:
        raise FieldRefused(LineFault.IMPOSSIBLE_DAY)
    return day


def _last_day(text: str, today: date) -> date:
    day = _day(text, today)
    # Nothing that was examined by today ends later (ordinance 6(4)).
    if day > add_months(today, LEGAL_LIMIT_MONTHS):
        raise FieldRefused(LineFault.IMPOSSIBLE_DAY)
    return day


def _past_day(text: str, today: date) -> date:
    day = _day(text, today)
    if day > today:
        raise FieldRefused(LineFault.IMPOSSIBLE_DAY)
    return day


def _kana(text: str, _today: date) -> str:
    reading = read_reading(text)
    if reading.findings:
        raise FieldRefused(LineFault.KANA, place=reading.findings[0].position + 1)
    return reading.text


def _romaji(text: str, _today: date) -> str:
    written = one_roman_writing(text)
    if not is_roman_name(written):
        raise FieldRefused(LineFault.ROMAJI)
    return written


def _postal_code(text: str, _today: date) -> str:
    digits = postal_digits(text)
    if digits is None:
        raise FieldRefused(LineFault.POSTAL_CODE)
    return f"{digits[:3]}-{digits[3:]}"


def _prefecture(text: str, _today: date) -> str:
    if text not in PREFECTURES:
        raise FieldRefused(LineFault.PREFECTURE)
    return text


def _corporate_number(text: str, _today: date) -> str:
    found = read_corporate_number(text)
    if found.verdict is NumberVerdict.WRONG_CHECK_DIGIT:
        raise FieldRefused(LineFault.CHECK_DIGIT)
    if found.verdict is not NumberVerdict.VALID:
        raise FieldRefused(LineFault.CORPORATE_NUMBER)
    return found.number


def _telephone(text: str, _today: date) -> str:
    written = read_telephone(text)
    if written is None:
        raise FieldRefused(LineFault.TELEPHONE)
    return written


def _email(text: str, _today: date) -> str:
    written = unicodedata.normalize("NFKC", text)
    if not _EMAIL.fullmatch(written):
        raise FieldRefused(LineFault.EMAIL)
    return written


_SERVICE = _named({"本サービス": PastService.PRESENT, "電子入札コアシステム用": PastService.PREDECESSOR})
_KIND = _named(
    {"企業等": ApplicantKind.COMPANY_EMPLOYEE, "個人事業主": ApplicantKind.SOLE_PROPRIETOR},
)
_PERIOD = _named(
    {
        "1年": ValidityPeriod.ONE_YEAR,
        "2年": ValidityPeriod.TWO_YEARS,
        "3年": ValidityPeriod.THREE_YEARS,
        "4年10か月": ValidityPeriod.FOUR_YEARS_TEN_MONTHS,
    }
)
_NAME_CHOICE = _named(
    {"本名": NameChoice.LEGAL_NAME, "旧姓": NameChoice.FORMER_SURNAME, "通称名": NameChoice.ALIAS}
)


def _address(prefix: str, words: str, *, required: bool) -> tuple[Column, ...]:
    def column(name: str, japanese: str, most: int, read: Any = _text, *, needed: bool = required) -> Column:
        return Column(
            name=f"{prefix}{name}", japanese=f"{words}{japanese}", read=read, most=most, required=needed
        )

    return (
        column("postal_code", "郵便番号", 20, _postal_code),
        column("prefecture", "都道府県", 10, _prefecture),
        column("city", "市区町村", 40),
        column("street", "番地", 60),
        column("building", "建物", 60, needed=False),
    )


COLUMNS: Mapping[str, Column] = MappingProxyType(
    {
        column.name: column
        for column in (
            Column(name="service", japanese="サービス", read=_SERVICE, most=30, required=True),
            Column(name="number", japanese="申込番号", read=_number, most=32, required=True),
            Column(name="applied_on", japanese="申込日", read=_past_day, most=30, required=True),
            Column(name="certificate_number", japanese="証明書番号", read=_number, most=40, required=True),
            Column(name="ends_on", japanese="有効期間満了日", read=_last_day, most=30, required=True),
            Column(name="kind", japanese="申込区分", read=_KIND, most=20, required=True),
            Column(name="period", japanese="有効期間", read=_PERIOD, most=10, required=True),
            Column(name="name_choice", japanese="氏名の記載", read=_NAME_CHOICE, most=20),
            Column(name="legal_name", japanese="氏名", read=_text, most=60, required=True),
            Column(name="certificate_name", japanese="証明書の氏名", read=_text, most=60, required=True),
            Column(name="kana", japanese="フリガナ", read=_kana, most=60, required=True),
            Column(name="romaji", japanese="ローマ字", read=_romaji, most=80, required=True),
            Column(name="birth_date", japanese="生年月日", read=_past_day, most=30, required=True),
            *_address("", "", required=True),
            Column(name="stay_ends", japanese="在留期間満了日", read=_day, most=30),
            Column(name="telephone", japanese="電話", read=_telephone, most=30),
            Column(name="fax", japanese="FAX", read=_telephone, most=30),
            Column(name="email", japanese="電子メール", read=_email, most=254),
            Column(name="organization", japanese="商号", read=_text, most=60),
            Column(name="corporate_number", japanese="法人番号", read=_corporate_number, most=30),
            *_address("office_", "本店", required=False),
            Column(name="representative_title", japanese="代表者役職", read=_text, most=30),
            Column(name="representative_name", japanese="代表者氏名", read=_text, most=40),
            Column(name="authority_system", japanese="代理権の対象", read=_text, most=60),
            Column(name="authority_text", japanese="代理権の内容", read=_text, most=1000),
            Column(name="contact_name", japanese="連絡先担当者", read=_text, most=60),
            Column(name="contact_organization", japanese="連絡先名称", read=_text, most=60),
            *_address("contact_", "連絡先", required=False),
        )
    }
)
_BY_HEADING = {heading: name for name, column in COLUMNS.items() for heading in (name, column.japanese)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The first line: the column of each place; what is wrong with it by place (from 1) and by column."""

    columns: tuple[Column, ...]
    unknown: tuple[int, ...]
    doubled: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether lines can be read by it."""
        return not (self.unknown or self.doubled or self.missing)

    @property
    def known(self) -> bool:
        """Whether it is a header at all, whatever is wrong with it."""
        return bool(self.columns)


def read_header(fields: Sequence[str]) -> Header:
    """Return the columns that the first line names, in either language and any order.

    What it does not know it tells by its place: a file without a header begins with somebody's data.
    """
    names = [_BY_HEADING.get(unicodedata.normalize("NFKC", field).strip()) for field in fields]
    known = [name for name in names if name is not None]
    return Header(
        columns=tuple(COLUMNS[name] for name in known),
        unknown=tuple(place for place, name in enumerate(names, start=1) if name is None),
        doubled=tuple(dict.fromkeys(name for name in known if known.count(name) > 1)),
        missing=tuple(name for name, column in COLUMNS.items() if column.required and name not in known),
    )
