"""The papers of an application as one PDF, for the printer at the applicant's desk (8.1, 8.2)."""

from datetime import date

from inro.paper.form import ApplicationForm, Replacement, render_application_form
from inro.paper.statement import StatementRow
from inro.practice.editions import Terms
from inro.practice.fees import certificate_line, invoice_sum
from inro.practice.stated import StatedForm
from inro.web.public.house import operator
from inro.words.states import word


def papers_pdf(*, form: StatedForm, number: str, made_on: date, edition: str, terms: Terms) -> bytes:
    """Return the papers of a form.

    Raises: GlyphMissing, FontMissing.
    """
    price = invoice_sum([certificate_line(period=form.period, terms=terms)])
    sheet = ApplicationForm(
        number=number,
        made_on=made_on,
        edition=edition,
        name=form.certificate_name,
        kana=form.kana,
        romaji=form.romaji,
        birth_date=form.birth_date,
        postal_code=form.home.postal_code,
        address=form.home.text,
        validity_words=word(form.period, "ja"),
        price_words=f"{price.net:,}円（税込 {price.total:,}円）",
        organization=_organization(form),
        replacements=tuple(
            Replacement(original=one.original, printed=one.printed, source=one.source, clause=one.clause)
            for one in form.replacements
        ),
        authority=tuple(f"{one.system}　{one.text}" for one in form.authorities),
        proxy=form.proxy.name if form.proxy else "",
        contact="　".join(filter(None, (form.contact.telephone, form.contact.fax, form.contact.email))),
    )
    return render_application_form(form=sheet, operator=operator())


def _organization(form: StatedForm) -> tuple[StatementRow, ...]:
    stated = form.organization
    if stated is None:
        return ()
    rows = (
        ("商号", stated.name),
        ("本店所在地", stated.address.text),
        ("代表者", f"{stated.representative_title}　{stated.representative_name}"),
        ("法人番号", stated.corporate_number or ""),
    )
    return tuple(StatementRow(label=label, value=value, outside_accreditation=True) for label, value in rows)
