"""The pages of the steps that ask something: shown, saved as typed, gone on from once right (8.12)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from inro.practice.wizard import Step, StepTooEarly
from inro.usecases.draft import DraftFinished, StepChanged, save_step
from inro.web.public import clock
from inro.web.public.house import edition_today
from inro.web.public.wizard.addresses import areas_of, filled_in
from inro.web.public.wizard.entrance import ACTOR
from inro.web.public.wizard.rail import rail
from inro.web.public.wizard.readings import FORMS, Readings
from inro.web.public.wizard.step_form import Asking, StepForm, Typed, typed_fields
from inro.web.public.wizard.visit import Visit, forget, remember, visit_of

type StepView = Callable[[HttpRequest, Visit], HttpResponse]
_CHECK = "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An answer that was saved elsewhere in the meantime, beside what was typed here."""

    label: str
    saved: str
    typed: str


def readings_of(visit: Visit) -> Readings:
    """Return the answers of a visit's draft."""
    terms = edition_today().terms
    return Readings(visit.draft, asking=Asking(on=clock.today(), terms=terms))


def with_visit(view: StepView) -> Callable[[HttpRequest], HttpResponse]:
    """Give a view the draft that the browser has open; without one, say how to open it again."""

    @wraps(view)
    def visiting(request: HttpRequest) -> HttpResponse:
        visit = visit_of(request)
        if visit is None or (visit.ended and request.method != "POST"):
            return forget(render(request, "public/wizard/closed.html", {"visit": visit}, status=403))
        try:
            response = view(request, visit)
        except StepTooEarly as early:
            return redirect("apply-step", step=early.first.value)
        except DraftFinished:
            return redirect("apply-step", step=Step.PRINT.value)
        return response if visit.ended else remember(response, visit.draft)

    return visiting


def step_page(request: HttpRequest, step: Step) -> HttpResponse:
    """Show or take one step."""
    return with_visit(lambda request, visit: _step(request, visit, step))(request)


def _step(request: HttpRequest, visit: Visit, step: Step) -> HttpResponse:
    readings = readings_of(visit)
    if visit.draft.application is not None:
        raise DraftFinished
    readings.check(step)
    if step not in FORMS:
        raise Http404
    if request.method == "POST":
        return _taken(request, visit, readings, step)
    # A step that was right and no longer is, or is looked at from the last page, shows what is wrong.
    told = step in visit.draft.done or request.GET.get("from") == _CHECK
    form = FORMS[step](visit.draft.of_step(step).fields, asking=readings.asking, told=told)
    return _page(request, readings, step, form)


def _taken(request: HttpRequest, visit: Visit, readings: Readings, step: Step) -> HttpResponse:
    posted = {name: text for name, text in request.POST.items() if isinstance(text, str)}
    present = FORMS[step](posted, asking=readings.asking, told=False)
    typed = typed_fields(posted, names=present.taken)
    kept = {
        name: text for name, text in visit.draft.of_step(step).fields.items() if not _is_of(present, name)
    }
    answers, said = _looked_up(posted, {**kept, **typed.kept})
    form = FORMS[step](answers, asking=readings.asking, told=True)
    form.tell_forbidden(typed.forbidden)
    action = posted.get("action", "")
    going_on = not action and form.is_valid() and not typed.too_much
    if typed.too_much:
        said = gettext("This is too much to be saved. Shorten what you typed, then go on.")
        return _page(request, readings, step, form, said=said, status=413)
    changed = readings.with_answers(step, answers)
    try:
        draft = save_step(
            draft=visit.draft.number,
            step=step,
            seen=_seen(posted),
            fields=answers,
            done=changed.done(added=step if going_on else None),
            terms=readings.asking.terms,
            actor=ACTOR,
            now=clock.now(),
        )
    except StepChanged:
        return _conflict(request, readings, step, form)
    if visit.ended:
        return forget(
            render(request, "public/wizard/closed.html", {"visit": visit, "saved": True}, status=403)
        )
    saved = Readings(draft, asking=readings.asking)
    return _answer(request, saved, step, form=form, action=action, said=said, typed=typed)


def _answer(
    request: HttpRequest, saved: Readings, step: Step, *, form: StepForm, action: str, said: str, typed: Typed
) -> HttpResponse:
    if action == "later":
        return render(request, "public/wizard/later.html", {"draft": saved.draft})
    if action:
        silent = FORMS[step](form.answers, asking=saved.asking, told=bool(typed.forbidden))
        if typed.forbidden:
            silent.tell_forbidden(typed.forbidden)
        return _page(request, saved, step, silent, said=said)
    if not form.is_valid():
        return _page(request, saved, step, form)
    if request.GET.get("from") == _CHECK and saved.first_open is Step.CHECK:
        return redirect("apply-step", step=Step.CHECK.value)
    return redirect("apply-step", step=saved.after(step).value)


def _page(
    request: HttpRequest,
    readings: Readings,
    step: Step,
    form: StepForm,
    *,
    said: str = "",
    differences: tuple[Difference, ...] = (),
    status: int = 200,
) -> HttpResponse:
    stored = readings.draft.of_step(step)
    context: dict[str, Any] = {
        **frame(readings, step),
        "groups": form.shown(),
        "wrong": form.wrong() if form.is_bound else [],
        "seen": stored.version,
        "said": said,
        "areas": _areas(request, form),
        "differences": differences,
        "saved_at": readings.draft.updated_at if stored.version else None,
        "from_check": request.GET.get("from") == _CHECK,
    }
    return render(request, "public/wizard/step.html", context, status=status)


def frame(readings: Readings, step: Step) -> dict[str, Any]:
    """Return what every page of the wizard shows around its content."""
    return {
        "draft": readings.draft,
        "step": step,
        "rail": rail(readings, now=step),
        "number": readings.steps.index(step) + 1,
        "count": len(readings.steps),
        "back": readings.before(step),
        "choices": readings.choices,
    }


def _conflict(request: HttpRequest, readings: Readings, step: Step, form: StepForm) -> HttpResponse:
    visit = visit_of(request)
    current = readings if visit is None else Readings(visit.draft, asking=readings.asking)
    stored = current.draft.of_step(step).fields
    names = [name for name in form.fields if stored.get(name, "") != form.answers.get(name, "")]
    differences = tuple(
        Difference(
            label=str(form.fields[name].label),
            saved=_shown(form, name, stored),
            typed=_shown(form, name, form.answers),
        )
        for name in names
    )
    return _page(request, current, step, form, differences=differences, status=409)


def _shown(form: StepForm, name: str, answers: Mapping[str, str]) -> str:
    field: Any = form.fields[name]
    raw = answers.get(name, "")
    if getattr(field, "kind", "text") == "tick":
        return gettext("ticked") if raw else gettext("not ticked")
    return (field.show(raw) if hasattr(field, "choices") else raw) or gettext("empty")


def _looked_up(posted: Mapping[str, str], answers: dict[str, str]) -> tuple[dict[str, str], str]:
    action, _, prefix = posted.get("action", "").partition(":")
    if action != "lookup":
        return answers, ""
    return filled_in(answers, prefix=prefix, choice=posted.get(f"area:{prefix}", ""))


def _areas(request: HttpRequest, form: StepForm) -> dict[str, Any]:
    action, _, prefix = request.POST.get("action", "").partition(":")
    found = areas_of(form.answers, prefix=prefix) if action == "lookup" else ()
    return {"prefix": prefix, "found": found if len(found) > 1 else ()}


def _is_of(form: StepForm, name: str) -> bool:
    return name in form.taken or name.partition("-")[0] in form.taken


def _seen(posted: Mapping[str, str]) -> int:
    text = posted.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
