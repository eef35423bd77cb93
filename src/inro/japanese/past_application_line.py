"""One line of a file of past applications as an application, or everything that is wrong with it (8.11).

A character outside JIS X 0208 is taken where the tables settle what stands for it, or where the name that the
certificate showed says so; what the earlier service decided is not decided again.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from inro.japanese.folding import fold
from inro.japanese.gate import outside_gate
from inro.japanese.kana import katakana
from inro.japanese.past_application_columns import (
    FieldRefused,
    Header,
    LineFault,
    LineFinding,
    field_value,
    holds_number,
)
from inro.japanese.replacement import Document, How, Unit, replace_text
from inro.japanese.romaji import ReadingNotSpelled, judge_romaji
from inro.japanese.stated_replacement import stated_replacement
from inro.practice.content import Authority
from inro.practice.past_application import PastApplication
from inro.practice.stated import (
    ApplicantKind,
    NameChoice,
    StatedAddress,
    StatedBilling,
    StatedContact,
    StatedForm,
    StatedOrganization,
    StatedReplacement,
)

LONGEST_KANA = 16
_OF_ORGANIZATION = (
    "organization",
    "office_postal_code",
    "office_prefecture",
    "office_city",
    "office_street",
    "representative_title",
    "representative_name",
)
_OF_CONTACT = ("contact_name", "contact_postal_code", "contact_prefecture", "contact_city", "contact_street")
_AUTHORITY = ("authority_system", "authority_text")
# Texts whose characters the tables must settle: their columns, the paper they are from, the form's field.
_SETTLED = (
    (("city", "street", "building"), Document.RESIDENT, "home"),
    (("organization",), Document.REGISTRY, "organization.name"),
    (("office_city", "office_street", "office_building"), Document.REGISTRY, "organization.address"),
    (("representative_title", "representative_name"), Document.REGISTRY, "organization.representative_name"),
)

type Values = dict[str, Any]
type LineReading = PastApplication | tuple[LineFinding, ...]


def fields_of(text: str) -> list[str]:
    """Return the fields of one line; a field does not go on in the next.

    Raises: FieldRefused.
    """
    try:
        rows = list(csv.reader([text], strict=True))
    except csv.Error as error:
        raise FieldRefused(LineFault.QUOTES) from error
    if len(rows) > 1:
        raise FieldRefused(LineFault.QUOTES)
    return rows[0] if rows else []


def read_past_application(fields: Sequence[str], *, header: Header, line: int, today: date) -> LineReading:
    """Return the application that a line states, or what is wrong with each of its fields."""
    if len(fields) != len(header.columns):
        faults = [
            LineFault.COLUMNS,
            *([LineFault.INDIVIDUAL_NUMBER] if any(map(holds_number, fields)) else []),
        ]
        return tuple(LineFinding(line=line, fault=fault) for fault in faults)
    found: list[LineFinding] = []
    values: Values = {}
    for column, text in zip(header.columns, fields, strict=True):
        try:
            values[column.name] = field_value(column, text, today=today)
        except FieldRefused as refused:
            found.append(_finding(line, column.name, refused))
    if not found:
        found = [_finding(line, name, refused) for name, refused in _together(values)]
    return tuple(found) if found else _application(values)


def _finding(line: int, column: str, refused: FieldRefused) -> LineFinding:
    return LineFinding(
        line=line,
        column=column,
        fault=refused.fault,
        place=refused.place,
        code_point=refused.code_point,
    )


def _together(values: Values) -> Iterator[tuple[str, FieldRefused]]:
    """Yield what is wrong with fields beside each other, by the column to mend."""
    yield from _of_organization(values)
    yield from _half_given(values, _OF_CONTACT, also=("contact_organization", "contact_building"))
    yield from _half_given(values, _AUTHORITY)
    yield from _names(values)
    if values["ends_on"] <= values["applied_on"]:
        yield "ends_on", FieldRefused(LineFault.ENDS_TOO_EARLY)
    for columns, document, _field in _SETTLED:
        for column in columns:
            unit = next(_unsettled(values.get(column, ""), document), None)
            if unit is not None:
                yield column, _of_unit(unit, values[column], LineFault.UNSETTLED)
    for column in ("certificate_name", *_AUTHORITY):
        outside = outside_gate(fold(values.get(column, "")))
        if outside:
            yield column, _of_unit(outside[0], values[column], LineFault.UNSETTLED)


def _of_unit(unit: str, text: str, fault: LineFault) -> FieldRefused:
    return FieldRefused(fault, place=max(fold(text).find(unit[0]), 0) + 1, code_point=ord(unit[0]))


def _of_organization(values: Values) -> Iterator[tuple[str, FieldRefused]]:
    if values["kind"] is ApplicantKind.COMPANY_EMPLOYEE:
        yield from (
            (name, FieldRefused(LineFault.MISSING)) for name in _OF_ORGANIZATION if not values.get(name)
        )
        return
    for name in (*_OF_ORGANIZATION, "office_building", "corporate_number", *_AUTHORITY):
        if values.get(name):
            yield name, FieldRefused(LineFault.SOLE_PROPRIETOR)


def _half_given(
    values: Values, columns: Iterable[str], also: Iterable[str] = ()
) -> Iterator[tuple[str, FieldRefused]]:
    needed = tuple(columns)
    if any(values.get(name) for name in (*needed, *also)):
        yield from ((name, FieldRefused(LineFault.MISSING)) for name in needed if not values.get(name))


def _names(values: Values) -> Iterator[tuple[str, FieldRefused]]:
    if not _is_by_legal_name(values) or values.get("stay_ends"):
        # Of former surnames, aliases and foreign names no rule knows the spelling from the legal name.
        return
    try:
        if not judge_romaji(reading=values["kana"], romaji=values["romaji"]).fits:
            yield "romaji", FieldRefused(LineFault.ROMAJI_OF_ANOTHER)
    except ReadingNotSpelled:
        yield "kana", FieldRefused(LineFault.KANA)
    if _printed_units(values["legal_name"], fold(values["certificate_name"])) is None:
        yield "certificate_name", FieldRefused(LineFault.NOT_REPLACED_SO)


def _is_by_legal_name(values: Values) -> bool:
    return (values.get("name_choice") or NameChoice.LEGAL_NAME) is NameChoice.LEGAL_NAME


def _unsettled(text: str, document: Document) -> Iterator[str]:
    return (unit.original for unit in replace_text(text, document=document).units if not unit.replacement)


def _printed_units(legal: str, certified: str) -> list[tuple[Unit, str]] | None:
    """Return each unit of the legal name with what the certificate showed for it; None if they do not agree.

    A unit of JIS X 0208 stays itself; any other became one character or some katakana.
    """
    units = replace_text(legal, document=Document.RESIDENT).units
    # For each unit, where it may begin in the certified name, and where the unit before it began then.
    begun: list[dict[int, int]] = [{0: 0}]
    for unit in units:
        reached: dict[int, int] = {}
        for start in begun[-1]:
            for end in _ends(unit, certified, start):
                reached.setdefault(end, start)
        begun.append(reached)
    end = len(certified)
    if end not in begun[-1]:
        return None
    printed = []
    for unit, starts in zip(reversed(units), reversed(begun[1:]), strict=True):
        start = starts[end]
        printed.append((unit, certified[start:end]))
        end = start
    return printed[::-1]


def _ends(unit: Unit, certified: str, start: int) -> Iterator[int]:
    if unit.how is How.KEPT:
        if certified.startswith(unit.replacement, start):
            yield start + len(unit.replacement)
        return
    for end in range(start + 1, min(start + LONGEST_KANA, len(certified)) + 1):
        part = certified[start:end]
        if end == start + 1 or (katakana(part) == part and all("ァ" <= letter <= "ー" for letter in part)):
            yield end


def _application(values: Values) -> PastApplication:
    return PastApplication(
        service=values["service"],
        number=values["number"],
        applied_on=values["applied_on"],
        certificate_number=values["certificate_number"],
        ends_on=values["ends_on"],
        form=_form(values),
        contact=_contact(values),
    )


def _form(values: Values) -> StatedForm:
    organization = _organization(values)
    return StatedForm(
        kind=values["kind"],
        period=values["period"],
        name_choice=values.get("name_choice") or NameChoice.LEGAL_NAME,
        legal_name=fold(values["legal_name"]),
        certificate_name=fold(values["certificate_name"]),
        kana=values["kana"],
        romaji=values["romaji"],
        birth_date=values["birth_date"],
        home=_address(values, ""),
        stay_ends=values.get("stay_ends") or None,
        organization=organization,
        authorities=_authorities(values, organization),
        contact=StatedContact(
            **{name: values.get(name, "") for name in ("telephone", "fax", "email")},
        ),
        replacements=tuple(dict.fromkeys(_replacements(values))),
    )


def _organization(values: Values) -> StatedOrganization | None:
    if values["kind"] is ApplicantKind.SOLE_PROPRIETOR:
        return None
    return StatedOrganization(
        name=fold(values["organization"]),
        address=_address(values, "office_"),
        representative_title=fold(values["representative_title"]),
        representative_name=fold(values["representative_name"]),
        corporate_number=values.get("corporate_number") or None,
    )


def _authorities(values: Values, organization: StatedOrganization | None) -> tuple[Authority, ...]:
    if organization is None or not values.get("authority_text"):
        return ()
    principal = f"{organization.representative_title}　{organization.representative_name}"
    return (
        Authority(
            principal=principal,
            system=fold(values["authority_system"]),
            text=fold(values["authority_text"]),
        ),
    )


def _contact(values: Values) -> StatedBilling | None:
    if not values.get("contact_name"):
        return None
    return StatedBilling(
        name=fold(values["contact_name"]),
        organization=fold(values.get("contact_organization", "")),
        address=_address(values, "contact_"),
    )


def _address(values: Mapping[str, Any], prefix: str) -> StatedAddress:
    parts = ("postal_code", "prefecture", "city", "street", "building")
    return StatedAddress(
        **{part: fold(values.get(f"{prefix}{part}", "")) for part in parts}
        | {"postal_code": values[f"{prefix}postal_code"]}
    )


def _replacements(values: Values) -> Iterator[StatedReplacement]:
    if _is_by_legal_name(values):
        printed = _printed_units(values["legal_name"], fold(values["certificate_name"])) or []
        for unit, shown in printed:
            if unit.how is not How.KEPT:
                yield stated_replacement(
                    unit=unit, printed=shown, field="legal_name", document=Document.RESIDENT
                )
    for columns, document, field in _SETTLED:
        for column in columns:
            for unit in replace_text(values.get(column, ""), document=document).units:
                if unit.how is How.REPLACED:
                    yield stated_replacement(
                        unit=unit, printed=unit.replacement, field=field, document=document
                    )
