"""The further forms of an application: former surname and authority (5.4, 8.2, 12.7, 21.2)."""

from datetime import date

from inro.paper.errors import SheetRefused
from inro.paper.form import representative_seal, subscriber_seal
from inro.paper.form_sheet import FormSheet, press_forms
from inro.paper.parties import Operator
from inro.paper.press import birth_date_words
from inro.practice.enclosures import PaperKind
from inro.practice.stated import NameChoice, StatedForm


def render_former_surname_form(*, form: StatedForm, number: str, made_on: date, operator: Operator) -> bytes:
    """Return the form by which a former surname is asked for, as PDF (8.2).

    Raises: SheetRefused where the form asks for another name; GlyphMissing, TextTooLong, FontMissing.
    """
    return press_forms([former_surname_sheet(form=form, number=number, made_on=made_on)], operator=operator)


def render_authority_form(*, form: StatedForm, number: str, made_on: date, operator: Operator) -> bytes:
    """Return the form by which authorities are registered, each as it will be encoded, as PDF (5.4, 8.2).

    Raises: SheetRefused where the form states none; GlyphMissing, TextTooLong, FontMissing.
    """
    return press_forms([authority_sheet(form=form, number=number, made_on=made_on)], operator=operator)


def former_surname_sheet(*, form: StatedForm, number: str, made_on: date) -> FormSheet:
    """Return the form for a former surname ready to be set.

    Raises: SheetRefused.
    """
    if form.name_choice is not NameChoice.FORMER_SURNAME:
        raise SheetRefused(sheet=PaperKind.FORMER_SURNAME_FORM.value, field="name_choice")
    return FormSheet(
        kind=PaperKind.FORMER_SURNAME_FORM,
        number=number,
        made_on=made_on,
        stated={"form": form},
        ours={"birth_date": birth_date_words(form.birth_date)},
        seals=(subscriber_seal(form.legal_name),),
    )


def authority_sheet(*, form: StatedForm, number: str, made_on: date) -> FormSheet:
    """Return the form for authorities ready to be set; the principal is the representative.

    Raises: SheetRefused.
    """
    stated = form.organization
    if stated is None or not form.authorities:
        raise SheetRefused(sheet=PaperKind.AUTHORITY_FORM.value, field="authorities")
    return FormSheet(
        kind=PaperKind.AUTHORITY_FORM,
        number=number,
        made_on=made_on,
        stated={"form": form},
        ours={},
        seals=(
            subscriber_seal(form.legal_name),
            representative_seal(stated.representative_title, stated.representative_name),
        ),
    )
