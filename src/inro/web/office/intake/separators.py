"""Separator sheets to print: laid before papers without a code, they file them (8.4)."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from inro.configuration.paper_operator import operator_of
from inro.paper.separator import Separator, render_separators
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.enclosures import PaperKind
from inro.practice.intake import EnclosureRefused
from inro.store.errors import Unknown
from inro.web.office.clerk import needs
from inro.web.office.house import house
from inro.web.office.intake.answers import application_number, text_of, typed_fields
from inro.web.office.intake.cases import desk_case
from inro.web.office.intake.opened import crew
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.words.states import word


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.TAKE_BATCH)
def separators(request: HttpRequest) -> HttpResponse:
    """Offer the sheets of a case, and give them as PDF."""
    errors: list[Said] = []
    if request.method == "POST":
        try:
            sheets = _sheets(text_of(request.POST, "number"), request.POST.getlist("kind"))
            return _pdf(sheets, made_on=jst_date(crew().desk.clock()))
        except REFUSALS as refusal:
            errors = [said(refusal)]
    context = {
        "place": "intake",
        "errors": errors,
        "kinds": [kind for kind in PaperKind if kind is not PaperKind.APPLICATION_FORM],
        "chosen": request.POST.getlist("kind"),
        "typed": typed_fields(request.POST or request.GET, ("number",)),
    }
    return render(request, "office/intake/separators.html", context, status=422 if errors else 200)


def _sheets(typed: str, kinds: list[str]) -> list[Separator]:
    number = application_number(typed)
    try:
        case = desk_case(number)
    except Unknown as unknown:
        raise EnclosureRefused(field="number", problem="unknown") from unknown
    known = [PaperKind(kind) for kind in kinds if kind in list(PaperKind)]
    if not known:
        raise EnclosureRefused(field="kind", problem="missing")
    language = get_language() or "ja"
    return [Separator(number=case.number, document=kind.value, words=word(kind, language)) for kind in known]


def _pdf(sheets: list[Separator], *, made_on: date) -> HttpResponse:
    operator = operator_of(house().installation)
    content = render_separators(separators=sheets, made_on=made_on, operator=operator)
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="separators.pdf"'
    return answer
