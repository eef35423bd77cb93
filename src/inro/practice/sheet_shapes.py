"""What the words of each sheet must have, so that nothing on paper is left to chance (2.2, 6.2, 9.2)."""

from collections.abc import Mapping
from types import MappingProxyType

from inro.practice.notices import NoticeKind
from inro.practice.sheet_words import Sheet, SheetShape

_HOUSE = frozenset({"service", "operator", "telephone", "email", "website"})
_ONE = _HOUSE | {"name", "number"}
_BULK = frozenset({"certificate_number", "ends_on", "application"})


def _letter(
    *rows: str, named: frozenset[str] = frozenset(), gaps: frozenset[str] = frozenset()
) -> SheetShape:
    return SheetShape(rows=frozenset(rows), named=named, gaps=_ONE | gaps)


def _announcement(*rows: str) -> SheetShape:
    return SheetShape(rows=_BULK | set(rows), gaps=_HOUSE | {"day", "words"})


_N = NoticeKind
_POINTS = frozenset({"item", "finding", "remedy"})

SHAPES: Mapping[NoticeKind, Mapping[Sheet, SheetShape]] = MappingProxyType(
    {
        _N.DEFICIENCY: {
            Sheet.LETTER: _letter(
                "application",
                "due",
                named=_POINTS | {"due"},
                gaps=frozenset({"application", "due_on"}),
            ),
            Sheet.REPLY: _letter(
                "application",
                "addressee",
                "due",
                "letter",
                named=frozenset(
                    {
                        "due",
                        "addressee",
                        "send_to",
                        "send_to_address",
                        "send_to_name",
                        "enclosed",
                        "item",
                        "remedy",
                        "sent_on",
                        "sent_on_blank",
                        "remarks",
                    }
                ),
                gaps=frozenset({"application", "due_on", "postal_code", "address"}),
            ),
        },
        _N.REJECTION: {
            Sheet.LETTER: _letter(
                "application",
                "reason",
                "ground",
                "contact",
                named=frozenset({"ground", "contact"}),
                gaps=frozenset({"application", "clause"}),
            )
        },
        _N.RECEIPT_REMINDER: {
            Sheet.LETTER: _letter(
                "certificate_number",
                "application",
                "dispatched_on",
                "due_on",
                gaps=frozenset({"application", "due_on", "revocation_on", "dispatched_on"}),
            )
        },
        _N.REVOCATION: {
            Sheet.LETTER: _letter(
                "subscriber_name",
                "certificate_number",
                "serial",
                "revoked_at",
                "ground_words",
                "ground",
                "asked_by",
                named=frozenset({"ground", "asked_by_organization", "asked_by_others"}),
                gaps=frozenset({"clause", "certificate_number", "revoked_at"}),
            )
        },
        _N.REVOCATION_REFUSAL: {
            Sheet.LETTER: _letter(
                "application",
                "case",
                "arrived",
                "ground_words",
                "reason",
                named=frozenset({"arrived"}),
                gaps=frozenset({"form", "arrived_on"}),
            )
        },
        _N.ORIGINAL_REMINDER: {
            Sheet.LETTER: _letter(
                "application",
                "case",
                "faxed_on",
                "papers",
                "state",
                named=frozenset({"revoked", "not_revoked"}),
                gaps=frozenset({"application"}),
            )
        },
        _N.EXPIRY: {
            Sheet.LETTER: _letter(
                "subscriber_name",
                "certificate_number",
                "not_after",
                named=frozenset({"form_enclosed", "form_not_enclosed"}),
                gaps=frozenset({"certificate_number", "not_after"}),
            ),
            Sheet.ANNOUNCEMENT: _announcement(),
        },
        _N.INVOICE: {
            Sheet.LETTER: _letter(
                "due_on",
                "account",
                "holder",
                named=frozenset(
                    {
                        "registration",
                        "amount_due",
                        "item",
                        "quantity",
                        "unit_price",
                        "amount",
                        "subtotal",
                        "tax",
                        "total",
                        "payment",
                    }
                ),
                gaps=frozenset({"due_on", "delivered_on", "registration_number", "tax_percent"}),
            )
        },
        _N.TERMS_CHANGE: {Sheet.ANNOUNCEMENT: _announcement("day", "words")},
        _N.DISCONTINUATION: {Sheet.ANNOUNCEMENT: _announcement("day")},
        _N.MAINTENANCE: {Sheet.ANNOUNCEMENT: _announcement("day", "words")},
        _N.STAY_REMINDER: {Sheet.ANNOUNCEMENT: _announcement("stay_ends_on")},
    }
)
