"""The application form, printed to be sealed and posted (8.1, 8.2, 8.5-8.12, 12.1-12.7, 40(5), 42)."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import batched

from inro.paper.clause_words import clause_words
from inro.paper.form_sheet import FormSheet, press_forms
from inro.paper.invoice import yen
from inro.paper.lengths import MOST_AUTHORITIES, MOST_REPLACEMENTS, check_count
from inro.paper.parties import Operator
from inro.paper.press import birth_date_words
from inro.paper.seals import SealBox, Sealer
from inro.practice.editions import Terms
from inro.practice.enclosures import PaperKind
from inro.practice.fees import InvoiceLine, certificate_line, invoice_sum
from inro.practice.stated import ApplicantKind, StatedForm

# Forms in one PDF of many: the typesetter keeps some 2 MB a form until ten more PDFs are made.
BATCH = 50


def render_application_form(
    *, form: StatedForm, number: str, made_on: date, edition: str, terms: Terms, operator: Operator
) -> bytes:
    """Return the form as PDF of two pages or more: what is asked for, then consents and seals.

    Raises: GlyphMissing, TextTooLong, FontMissing, SheetRefused.
    """
    sheet = application_sheet(form=form, number=number, made_on=made_on, edition=edition, terms=terms)
    return press_forms([sheet], operator=operator)


def render_application_forms(
    *, forms: Iterable[tuple[str, StatedForm]], made_on: date, edition: str, terms: Terms, operator: Operator
) -> Iterator[bytes]:
    """Yield many forms, each with its number, as PDFs of at most `BATCH`: a mailing of renewals (8.11).

    Raises: GlyphMissing, TextTooLong, FontMissing, SheetRefused.
    """
    for batch in batched(forms, BATCH):
        sheets = [
            application_sheet(form=form, number=number, made_on=made_on, edition=edition, terms=terms)
            for number, form in batch
        ]
        yield press_forms(sheets, operator=operator)


def application_sheet(
    *, form: StatedForm, number: str, made_on: date, edition: str, terms: Terms
) -> FormSheet:
    """Return the form ready to be set.

    Raises: TextTooLong.
    """
    check_count("authorities", count=len(form.authorities), limit=MOST_AUTHORITIES)
    check_count("replacements", count=len(form.replacements), limit=MOST_REPLACEMENTS)
    return FormSheet(
        kind=PaperKind.APPLICATION_FORM,
        number=number,
        made_on=made_on,
        stated={"form": form},
        ours={
            "edition": edition,
            "birth_date": birth_date_words(form.birth_date),
            "clauses": [clause_words(one.clause) for one in form.replacements],
            "price": price_words(certificate_line(period=form.period, terms=terms)),
        },
        seals=tuple(_seals(form)),
        parts=2,
    )


def price_words(line: InvoiceLine) -> str:
    """Return a fee as it is owed, its tax apart (33, 37)."""
    owed = invoice_sum([line])
    if not owed.tax:
        return yen(owed.total)
    return f"{yen(owed.total)}（料金 {yen(owed.net)}、消費税等 {yen(owed.tax)}）"


def subscriber_seal(name: str) -> SealBox:
    """Return the box for the registered seal of applicant or subscriber (8.1, 23)."""
    return SealBox(
        sealer=Sealer.SUBSCRIBER,
        title="利用者（本人）",
        name=name,
        seal="実印",
        note="印鑑登録証明書の印",
    )


def representative_seal(title: str, name: str) -> SealBox:
    """Return the box for the seal of the organization's representative (8.1, 8.6)."""
    return SealBox(
        sealer=Sealer.REPRESENTATIVE,
        title="企業等代表者",
        name=f"{title}　{name}" if name else "",
        seal="代表者印",
        note="登記所に届け出た印",
    )


def proxy_seal(name: str) -> SealBox:
    """Return the box for the registered seal of the proxy recipient (8.1, 23)."""
    return SealBox(sealer=Sealer.PROXY, title="受取代理人", name=name, seal="実印", note="印鑑登録証明書の印")


def _seals(form: StatedForm) -> Iterable[SealBox]:
    yield subscriber_seal(form.legal_name)
    if form.kind is ApplicantKind.SOLE_PROPRIETOR or form.organization is None:
        yield SealBox(
            sealer=Sealer.REPRESENTATIVE,
            title="個人事業主",
            name="",
            seal="個人の印",
            note="事業主ご本人の印",
        )
    else:
        stated = form.organization
        yield representative_seal(stated.representative_title, stated.representative_name)
    if form.proxy is not None:
        yield proxy_seal(form.proxy.name)
