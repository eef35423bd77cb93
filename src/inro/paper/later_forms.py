"""Forms that come after the application: proxy recipient, revocation, disclosure (21-23, 28, 40(4)).

Each is printed for a subscriber with what is known, or blank, to be filled in by hand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Self

from inro.paper.errors import SheetRefused
from inro.paper.form import price_words, proxy_seal, representative_seal, subscriber_seal
from inro.paper.form_sheet import FormSheet, press_forms
from inro.paper.parties import Operator
from inro.paper.press import birth_date_words
from inro.practice.editions import Terms
from inro.practice.enclosures import PaperKind
from inro.practice.fees import disclosure_line
from inro.practice.stated import StatedAddress, StatedForm, StatedPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSubscriber:
    """What a form can say beforehand; every field may be empty.

    `name` is the certificate's, so the former surname where it has one (21.2, 40(4)); `legal_name` belongs
    to the registered seal.
    """

    application: str = ""
    certificate_number: str = ""
    name: str = ""
    legal_name: str = ""
    kana: str = ""
    birth_date: str = ""
    address: str = ""
    telephone: str = ""
    organization: str = ""
    organization_address: str = ""
    representative_title: str = ""
    representative_name: str = ""

    @classmethod
    def of(cls, form: StatedForm, *, application: str, certificate_number: str) -> Self:
        """Return what the application form has stated."""
        stated = form.organization
        known = cls(
            application=application,
            certificate_number=certificate_number,
            name=form.certificate_name,
            legal_name=form.legal_name,
            kana=form.kana,
            birth_date=birth_date_words(form.birth_date),
            address=_address(form.home),
            telephone=form.contact.telephone,
        )
        if stated is None:
            return known
        return replace(
            known,
            organization=stated.name,
            organization_address=_address(stated.address),
            representative_title=stated.representative_title,
            representative_name=stated.representative_name,
        )


NOBODY = KnownSubscriber()


def render_revocation_application(
    *, subscriber: KnownSubscriber, number: str, made_on: date, terms: Terms, operator: Operator
) -> bytes:
    """Return the subscriber's application for revocation, with the twelve reasons to tick, as PDF (21).

    Raises: GlyphMissing, TextTooLong, FontMissing, SheetRefused.
    """
    sheet = FormSheet(
        kind=PaperKind.REVOCATION_APPLICATION,
        number=number,
        made_on=made_on,
        stated={"subscriber": subscriber},
        ours=_ages(terms),
        seals=(subscriber_seal(subscriber.legal_name),),
    )
    return press_forms([sheet], operator=operator)


def render_revocation_request(
    *, subscriber: KnownSubscriber, number: str, made_on: date, terms: Terms, operator: Operator
) -> bytes:
    """Return the organization's request for revocation, with its five reasons to tick, as PDF (22, 25).

    Raises: GlyphMissing, TextTooLong, FontMissing, SheetRefused.
    """
    sheet = FormSheet(
        kind=PaperKind.REVOCATION_REQUEST,
        number=number,
        made_on=made_on,
        stated={"subscriber": subscriber},
        ours=_ages(terms),
        seals=(representative_seal(subscriber.representative_title, subscriber.representative_name),),
    )
    return press_forms([sheet], operator=operator)


def render_proxy_form(
    *,
    subscriber: KnownSubscriber,
    number: str,
    made_on: date,
    terms: Terms,
    operator: Operator,
    proxy: StatedPerson | None = None,
    reason: str = "",
) -> bytes:
    """Return the form by which a proxy recipient is named after issuance, as PDF (23).

    Raises: GlyphMissing, TextTooLong, FontMissing, SheetRefused.
    """
    named = {"name": "", "kana": "", "address": ""}
    if proxy is not None:
        named = {"name": proxy.name, "kana": proxy.kana, "address": _address(proxy.home)}
    sheet = FormSheet(
        kind=PaperKind.PROXY_FORM,
        number=number,
        made_on=made_on,
        stated={"subscriber": subscriber, "proxy": named, "reason": reason},
        ours=_ages(terms),
        seals=(subscriber_seal(subscriber.legal_name), proxy_seal(named["name"])),
    )
    return press_forms([sheet], operator=operator)


def render_disclosure_request(
    *, subscriber: KnownSubscriber, number: str, made_on: date, terms: Terms, operator: Operator
) -> bytes:
    """Return the request for disclosure, with its fee and how it is paid, as PDF (28, 40(4), F).

    Raises: GlyphMissing, TextTooLong, FontMissing, SheetRefused.
    """
    sheet = FormSheet(
        kind=PaperKind.DISCLOSURE_REQUEST,
        number=number,
        made_on=made_on,
        stated={"subscriber": subscriber},
        ours=_ages(terms) | {"fee": price_words(disclosure_line(terms=terms))},
        seals=(subscriber_seal(subscriber.legal_name),),
    )
    return press_forms([sheet], operator=operator)


LATER_FORMS: Mapping[PaperKind, Callable[..., bytes]] = MappingProxyType(
    {
        PaperKind.PROXY_FORM: render_proxy_form,
        PaperKind.REVOCATION_APPLICATION: render_revocation_application,
        PaperKind.REVOCATION_REQUEST: render_revocation_request,
        PaperKind.DISCLOSURE_REQUEST: render_disclosure_request,
    }
)


def render_blank(kind: PaperKind, *, made_on: date, terms: Terms, operator: Operator) -> bytes:
    """Return a later form without number and data, to be filled in by hand, as PDF.

    Raises: SheetRefused for a form that only the wizard fills in; FontMissing.
    """
    if kind not in LATER_FORMS:
        raise SheetRefused(sheet=kind.value, field="blank")
    return LATER_FORMS[kind](subscriber=NOBODY, number="", made_on=made_on, terms=terms, operator=operator)


def _address(address: StatedAddress) -> str:
    return f"〒{address.postal_code}　{address.text}"


def _ages(terms: Terms) -> dict[str, Any]:
    return {"months": terms.paper_age_months, "order_months": terms.postal_order_months}
