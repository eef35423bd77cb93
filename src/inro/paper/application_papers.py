"""All papers of one application in one PDF to print: forms, checklist, envelope label (8.1, 8.2, 8.4)."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType

from inro.paper.clause_words import clause_words
from inro.paper.form import application_sheet
from inro.paper.form_sheet import FormSheet, press_forms
from inro.paper.further_forms import authority_sheet, former_surname_sheet
from inro.paper.parties import Operator
from inro.practice.editions import Terms
from inro.practice.enclosures import PaperKind, required_papers
from inro.practice.stated import StatedForm

_FURTHER: Mapping[PaperKind, Callable[..., FormSheet]] = MappingProxyType(
    {
        PaperKind.FORMER_SURNAME_FORM: former_surname_sheet,
        PaperKind.AUTHORITY_FORM: authority_sheet,
    }
)


def papers_of(form: StatedForm) -> tuple[PaperKind, ...]:
    """Return which papers we print for an application, in the order in which they are printed."""
    required = {paper.kind for paper in required_papers(form)}
    further = (kind for kind in _FURTHER if kind in required)
    return (PaperKind.APPLICATION_FORM, *further, PaperKind.CHECKLIST, PaperKind.ENVELOPE_LABEL)


def render_papers(
    *,
    form: StatedForm,
    number: str,
    made_on: date,
    edition: str,
    terms: Terms,
    operator: Operator,
    kinds: Collection[PaperKind] | None = None,
) -> bytes:
    """Return an application's papers, all of them or those of some kinds, as one PDF.

    Raises: GlyphMissing, TextTooLong, FontMissing; SheetRefused where no kind belongs with the form.
    """
    sheet_of: Mapping[PaperKind, Callable[..., FormSheet]] = {
        **_FURTHER,
        PaperKind.APPLICATION_FORM: partial(application_sheet, edition=edition, terms=terms),
        PaperKind.CHECKLIST: partial(checklist_sheet, terms=terms),
        PaperKind.ENVELOPE_LABEL: envelope_label_sheet,
    }
    wanted = (kind for kind in papers_of(form) if kinds is None or kind in kinds)
    sheets = [sheet_of[kind](form=form, number=number, made_on=made_on) for kind in wanted]
    return press_forms(sheets, operator=operator)


def render_checklist(
    *, form: StatedForm, number: str, made_on: date, terms: Terms, operator: Operator
) -> bytes:
    """Return the list of papers to tick off before the envelope is closed, as PDF (8.1, 8.2, 8.4, 8.5).

    Raises: GlyphMissing, TextTooLong, FontMissing, SheetRefused.
    """
    sheet = checklist_sheet(form=form, number=number, made_on=made_on, terms=terms)
    return press_forms([sheet], operator=operator)


def render_envelope_label(*, form: StatedForm, number: str, made_on: date, operator: Operator) -> bytes:
    """Return the address to cut out and paste on the envelope, as PDF (8.4).

    Raises: GlyphMissing, TextTooLong, FontMissing, SheetRefused.
    """
    return press_forms([envelope_label_sheet(form=form, number=number, made_on=made_on)], operator=operator)


def checklist_sheet(*, form: StatedForm, number: str, made_on: date, terms: Terms) -> FormSheet:
    """Return the checklist ready to be set; how old papers may be is the edition's."""
    papers = [
        {"kind": paper.kind, "issued": paper.is_issued, "clause": clause_words(paper.clause)}
        for paper in required_papers(form)
    ]
    return FormSheet(
        kind=PaperKind.CHECKLIST,
        number=number,
        made_on=made_on,
        stated={"form": form},
        ours={"papers": papers, "months": terms.paper_age_months, "days": terms.deficiency_days},
    )


def envelope_label_sheet(*, form: StatedForm, number: str, made_on: date) -> FormSheet:
    """Return the envelope's label ready to be set."""
    return FormSheet(
        kind=PaperKind.ENVELOPE_LABEL, number=number, made_on=made_on, stated={"form": form}, ours={}
    )
