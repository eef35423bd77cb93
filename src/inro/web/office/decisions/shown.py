"""What an officer is shown before signing: the signed content itself, nothing left out (9.1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext, gettext_noop

from inro.practice.approval import ApprovalContent
from inro.practice.validity import ValidityPeriod
from inro.words.states import word

_LABELS = {
    "subscriber_id": gettext_noop("Subscriber number"),
    "name": gettext_noop("Name"),
    "name_romaji": gettext_noop("Name in Roman letters"),
    "address_romaji": gettext_noop("Address in Roman letters"),
    "organization": gettext_noop("Organization"),
    "corporate_number": gettext_noop("Corporate Number"),
    "prefecture": gettext_noop("Prefecture"),
    "city": gettext_noop("City"),
    "street": gettext_noop("Street"),
    "authorities": gettext_noop("Authority"),
    "principal": gettext_noop("Principal"),
    "system": gettext_noop("System"),
    "text": gettext_noop("Text"),
    "reason": gettext_noop("Reason"),
    "open_points": gettext_noop("Points left open"),
    "explanation_given": gettext_noop("Explanation recorded"),
    "seals_affixed": gettext_noop("Seals affixed"),
    "applicant_consents": gettext_noop("Applicant consents"),
    "organization_consents": gettext_noop("Organization consents"),
    "address_agrees": gettext_noop("Address agrees"),
    "individual_number_visible": gettext_noop("An Individual Number shows"),
    "proxy_address_agrees": gettext_noop("Proxy recipient's address agrees"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """One value of what is signed; a name the page has no label for is shown as it stands in the record."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a certificate will show, what the examination found, and what else is signed."""

    certificate: tuple[ShownLine, ...]
    findings: tuple[ShownLine, ...]
    others: tuple[ShownLine, ...]


def shown(content: ApprovalContent) -> Shown:
    """Return every value of the signed content, in its order."""
    rest = dict(content.content)
    certificate, findings = rest.pop("certificate", {}), rest.pop("findings", {})
    if "period" in rest:
        period = word(ValidityPeriod(rest.pop("period")), get_language() or "ja")
        rest = {gettext("Validity"): period} | rest
    return Shown(
        certificate=tuple(_lines(certificate)),
        findings=tuple(_lines(findings)),
        others=tuple(_lines(rest)),
    )


def _lines(record: dict[str, Any], within: str = "") -> Iterator[ShownLine]:
    for name, value in record.items():
        label = within + (gettext(_LABELS[name]) if name in _LABELS else name)
        match value:
            case dict():
                yield from _lines(value, f"{label} ／ ")
            case list():
                for number, item in enumerate(value, start=1):
                    yield from _lines(item, f"{label} {number} ／ ")
            case _:
                yield ShownLine(label=label, value=_text(value))


def _text(value: Any) -> str:
    if value is None:
        return gettext("does not apply")
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return str(value)
