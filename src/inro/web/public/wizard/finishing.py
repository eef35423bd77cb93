"""The pages that explain, ask for consent, repeat the answers, and hand over the papers (8.1, 12, 42)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from inro.paper.application_papers import render_papers
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.editions import Terms
from inro.practice.enclosures import PaperKind, oldest_issue, required_papers
from inro.practice.errors import Refused
from inro.practice.stated import ApplicantKind, StatedForm
from inro.practice.wizard import Step
from inro.store.reads.application import ApplicationRecord, application_by_number
from inro.usecases.draft import ConsentMissing, acknowledge_explanation, consent_to_terms, finish_draft
from inro.web.acts import anyone
from inro.web.public import clock
from inro.web.public.house import edition_today, operator, policy
from inro.web.public.wizard.entrance import ACTOR
from inro.web.public.wizard.explanation import points, words_sha256
from inro.web.public.wizard.readings import Readings, stated_form
from inro.web.public.wizard.step_form import Asking, Wrong
from inro.web.public.wizard.steps import frame, readings_of, step_page, with_visit
from inro.web.public.wizard.visit import Visit
from inro.words.refusals import refusal_words

type StepView = Callable[[HttpRequest, Visit], HttpResponse]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box that must be ticked before the next step."""

    name: str
    words: str
    wrong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One answer on the page that repeats them all."""

    label: str
    value: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistLine:
    """A paper that belongs into the envelope; `issued_from` is the earliest day of issue it may bear."""

    kind: PaperKind
    clause: str
    issued_from: date | None
    hint: str


def explanation(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the statutory explanation and record that it was read (12.3, 42.1-42.3)."""
    boxes = (
        Box(name="explained", words=gettext("I have read the explanation under the law")),
        Box(
            name="truthful", words=gettext("I know that a false application is punished, and state the truth")
        ),
    )

    def agreed(readings: Readings) -> None:
        acknowledge_explanation(
            draft=visit.draft.number,
            words_sha256=words_sha256(),
            terms=readings.asking.terms,
            actor=ACTOR,
            now=clock.now(),
        )

    return _agreement(request, visit, Step.EXPLANATION, boxes, agreed, {"points": points()})


def terms(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the edition in force and record the consent to it (2.1, 8.2, 12.1, 12.2)."""
    edition = edition_today()
    readings = readings_of(visit)
    boxes = [
        Box(
            name="terms",
            words=gettext("I have read the terms and the practice statement (CPS) and consent to both"),
        ),
        Box(name="content", words=gettext("I consent to what the certificate shows, as listed above")),
    ]
    if readings.choices is not None and readings.choices.kind is ApplicantKind.COMPANY_EMPLOYEE:
        words = gettext("The organization consents to the application and to its entries in the certificate")
        boxes.append(Box(name="organization", words=words))

    def agreed(_readings: Readings) -> None:
        consent_to_terms(
            draft=visit.draft.number,
            edition=edition.terms.edition,
            edition_sha256=edition.sha256,
            terms=edition.terms,
            actor=ACTOR,
            now=clock.now(),
        )

    return _agreement(request, visit, Step.TERMS, tuple(boxes), agreed, {"edition": edition})


def check(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Repeat every answer, each with a way back; finish when told so (8.12)."""
    readings = readings_of(visit)
    if visit.draft.application is not None:
        return _to(Step.PRINT)
    readings.check(Step.CHECK)
    problem = ""
    if request.method == "POST":
        try:
            return _finished(visit, readings)
        except ConsentMissing as missing:
            return _to(missing.step)
        except Refused as refused:
            problem = refusal_words(refused, get_language() or "ja")
    context = {
        **frame(readings, Step.CHECK),
        "sections": [(step, _rows(readings, step)) for step in readings.asked()],
        "replacements": stated_form(readings).replacements,
        "problem": problem,
    }
    return render(request, "public/wizard/check.html", context)


def printing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Hand over the papers: number, PDF, list of papers, seals, envelope, what comes next (8.1, 8.4)."""
    readings = readings_of(visit)
    if visit.draft.application is None:
        readings.check(Step.PRINT)
        return _to(Step.CHECK)
    record = application_by_number(visit.draft.application)
    context = {
        **frame(readings, Step.PRINT),
        "application": record,
        "checklist": _checklist_of(record, readings.asking),
        "operator": operator(),
    }
    return render(request, "public/wizard/print.html", context)


def checklist(form: StatedForm, *, terms: Terms, on: date) -> tuple[ChecklistLine, ...]:
    """Return the papers of a form with the earliest day of issue each may bear if it arrives soon (8.4)."""
    oldest = oldest_issue(arrived_on=on, terms=terms)
    return tuple(
        ChecklistLine(
            kind=paper.kind,
            clause=paper.clause,
            issued_from=oldest if paper.is_issued else None,
            hint=_paper_hint(paper.kind),
        )
        for paper in required_papers(form)
    )


def _checklist_of(record: ApplicationRecord, asking: Asking) -> tuple[ChecklistLine, ...]:
    # After disposal nothing is known of the form (40(4)).
    return checklist(record.form, terms=asking.terms, on=asking.on) if record.form else ()


@require_safe
@anyone(Act.RECORD_FORM_PRINTED)
def papers(request: HttpRequest) -> HttpResponse:
    """Serve the papers as PDF; printing again keeps the number."""
    return with_visit(_papers)(request)


@anyone(Act.SAVE_STEP)
def page(request: HttpRequest, step: str) -> HttpResponse:
    """Show or take the page of a step."""
    chosen = Step(step)
    special = _PAGES.get(chosen)
    return with_visit(special)(request) if special is not None else step_page(request, chosen)


@anyone(Act.OPEN_DRAFT)
def carry_on(request: HttpRequest) -> HttpResponse:
    """Go to the first step that is not done."""
    return with_visit(_carry_on)(request)


def _carry_on(_request: HttpRequest, visit: Visit) -> HttpResponse:
    return _to(Step.PRINT if visit.draft.application else readings_of(visit).first_open)


def _agreement(
    request: HttpRequest,
    visit: Visit,
    step: Step,
    boxes: tuple[Box, ...],
    agreed: Callable[[Readings], None],
    context: Mapping[str, Any],
) -> HttpResponse:
    readings = readings_of(visit)
    if visit.draft.application is not None:
        return _to(Step.PRINT)
    readings.check(step)
    done = step in visit.draft.done
    ticked = {box.name for box in boxes if request.POST.get(box.name) or (done and request.method != "POST")}
    words = gettext("To go on, tick: %(words)s")
    missing = [
        Wrong(anchor=box.name, words=words % {"words": box.words}) for box in boxes if box.name not in ticked
    ]
    if request.method == "POST" and not missing:
        agreed(readings)
        return _to(readings.after(step))
    wrong = missing if request.method == "POST" else []
    said = {one.anchor: one.words for one in wrong}
    shown = [
        (Box(name=box.name, words=box.words, wrong=said.get(box.name, "")), box.name in ticked)
        for box in boxes
    ]
    page_context = {**frame(readings, step), **context, "boxes": shown, "wrong": wrong}
    return render(request, f"public/wizard/{step.value}.html", page_context)


def _finished(visit: Visit, readings: Readings) -> HttpResponse:
    edition = edition_today()
    form = stated_form(readings)
    # What cannot be printed is found before there is an application, not after.
    render_papers(
        form=form,
        number=visit.draft.number,
        made_on=clock.today(),
        edition=edition.terms.edition,
        terms=edition.terms,
        operator=operator(),
    )
    finish_draft(
        draft=visit.draft.number,
        form=form,
        edition=edition.terms.edition,
        edition_sha256=edition.sha256,
        actor=ACTOR,
        now=clock.now(),
    )
    return _to(Step.PRINT)


def _papers(request: HttpRequest, visit: Visit) -> HttpResponse:
    if visit.draft.application is None:
        return redirect("apply-continue")
    record = application_by_number(visit.draft.application)
    if record.form is None:
        return redirect("status")
    way = "attachment" if "download" in request.GET else "inline"
    response = HttpResponse(_pdf(record, record.form), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'{way}; filename="{record.number}.pdf"'
    return response


def _pdf(record: ApplicationRecord, form: StatedForm) -> bytes:
    edition = policy().editions[record.edition]
    return render_papers(
        form=form,
        number=record.number,
        made_on=jst_date(record.drafted_at),
        edition=record.edition,
        terms=edition.terms,
        operator=operator(),
    )


def _rows(readings: Readings, step: Step) -> list[AnswerRow]:
    return [
        AnswerRow(label=str(label), value=value, field=name)
        for label, value, name in readings.form(step).rows()
    ]


def _paper_hint(kind: PaperKind) -> str:
    hints = {
        PaperKind.APPLICATION_FORM: gettext("All pages, sealed with the registered seals"),
        PaperKind.RESIDENT_RECORD: gettext("Without the Individual Number (My Number)"),
        PaperKind.COMMERCIAL_REGISTRY: gettext("All present or historical matters, or the representative's"),
    }
    return hints.get(kind, "")


def _to(step: Step) -> HttpResponse:
    return redirect("apply-step", step=step.value)


_PAGES: Mapping[Step, StepView] = MappingProxyType(
    {Step.EXPLANATION: explanation, Step.TERMS: terms, Step.CHECK: check, Step.PRINT: printing}
)
