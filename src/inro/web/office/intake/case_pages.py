"""One case's pages in a batch: papers registered in an envelope, pages stored or taken to redaction (8.4)."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.practice.acts import Act
from inro.practice.calendar import JST
from inro.practice.enclosures import ISSUED_PAPERS, NUMBER_PAPERS, PaperKind
from inro.practice.intake import (
    ArrivalWay,
    EnclosedPaper,
    EnclosureRefused,
    FaxBringsNoOriginal,
    enclosed_problems,
    is_kept_on_shelf,
)
from inro.store.errors import Unknown
from inro.store.ids import EnvelopeId
from inro.store.reads.intake import envelope_by_number, envelope_record
from inro.usecases.actor import Actor
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import EnvelopeFacts, enclosed_paper, envelope_facts, text_of
from inro.web.office.intake.cases import DeskCase, desk_case
from inro.web.office.intake.forms import file_pages, new_envelope, register_paper
from inro.web.office.intake.opened import crew
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.intake.tray import Batch, CasePile, piles

NEW = "new"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.REGISTER_ENCLOSURE)
def case_pages(request: HttpRequest, number: str, case: str) -> HttpResponse:
    """Show a case's pages of a batch with a line for each paper; register and store them."""
    batch = crew().desk.batch(number)
    pile = next((one for one in piles(batch.pages) if one.number == case), None) if batch else None
    if batch is None or pile is None:
        raise Http404
    found = desk_case(case)
    if request.method != "POST":
        return _show(request, batch, pile, found, [])
    errors = _register(batch, pile, found, request.POST, actor_of(request))
    if errors:
        return _show(request, batch, pile, found, errors, status=422)
    return HttpResponseRedirect(reverse("batch", args=[number]))


def _register(batch: Batch, pile: CasePile, case: DeskCase, post: QueryDict, actor: Actor) -> list[Said]:
    """Do what was asked or, where something typed is wrong, nothing; return what is wrong."""
    papers, errors = _papers(pile, case, post)
    try:
        facts = _envelope(post)
    except REFUSALS as refusal:
        return [said(refusal), *errors]
    errors += _wrong(papers, facts)
    if errors:
        return errors
    try:
        if papers:
            envelope = facts.envelope or new_envelope(crew=crew(), facts=facts, actor=actor)
            for paper in papers:
                register_paper(crew=crew(), envelope=envelope, case=case, paper=paper, actor=actor)
        _file(batch, pile, desk_case(case.number), actor)
    except REFUSALS as refusal:
        return [said(refusal)]
    return []


def _papers(pile: CasePile, case: DeskCase, post: QueryDict) -> tuple[list[EnclosedPaper], list[Said]]:
    papers: list[EnclosedPaper] = []
    errors: list[Said] = []
    for kind, pages in pile.papers.items():
        if case.open_line(kind) is not None:
            continue
        count = pages[0].pages if all(page.by_code for page in pages) else len(pages)
        try:
            papers.append(enclosed_paper(post, kind, pages=count))
        except EnclosureRefused as refusal:
            errors.append(said(refusal, suffix=f"-{kind}"))
    return papers, errors


def _envelope(post: QueryDict) -> EnvelopeFacts:
    chosen = text_of(post, "envelope")
    if chosen == NEW:
        return envelope_facts(post)
    try:
        known = envelope_by_number(chosen)
    except Unknown as unknown:
        raise EnclosureRefused(field="envelope", problem="missing") from unknown
    return EnvelopeFacts(
        arrived_on=known.arrived_on, way=known.way, note=known.note, envelope=known.envelope_id
    )


def _wrong(papers: list[EnclosedPaper], facts: EnvelopeFacts) -> list[Said]:
    found = [
        said(problem, suffix=f"-{paper.kind}")
        for paper in papers
        for problem in enclosed_problems(paper=paper, arrived_on=facts.arrived_on)
    ]
    originals = any(paper.original for paper in papers)
    return found + ([said(FaxBringsNoOriginal())] if originals and facts.way is ArrivalWay.FAX else [])


def _file(batch: Batch, pile: CasePile, case: DeskCase, actor: Actor) -> None:
    for kind, pages in pile.papers.items():
        line = case.open_line(kind)
        if line is not None and kind not in NUMBER_PAPERS:
            file_pages(crew=crew(), batch=batch, pages=pages, enclosure=line.enclosure_id, actor=actor)
    crew().seek_numbers()


def _show(
    request: HttpRequest,
    batch: Batch,
    pile: CasePile,
    case: DeskCase,
    errors: list[Said],
    *,
    status: int = 200,
) -> HttpResponse:
    today = crew().desk.clock().astimezone(JST).strftime("%Y/%m/%d")
    post = request.POST
    envelopes = [envelope_record(EnvelopeId(pk)) for pk in {line.envelope_id for line in case.enclosures}]
    newest = max((one.number for one in envelopes), default=NEW)
    context = {
        "place": "intake",
        "batch": batch,
        "pile": pile,
        "case": case,
        "rows": [_row(kind, len(pages), case, post) for kind, pages in pile.papers.items()],
        "envelopes": envelopes,
        "envelope": post.get("envelope", newest),
        "typed": {
            "arrived_on": post.get("arrived_on", today),
            "way": post.get("way", ArrivalWay.POST.value),
            "note": post.get("note", ""),
        },
        "ways": list(ArrivalWay),
        "errors": errors,
        "next_redaction": case.next_to_redact(pile),
    }
    return render(request, "office/intake/case_pages.html", context, status=status)


def _row(kind: PaperKind, count: int, case: DeskCase, post: QueryDict) -> dict[str, object]:
    return {
        "kind": kind,
        "count": count,
        "line": case.open_line(kind),
        "is_issued": kind in ISSUED_PAPERS,
        "is_kept": is_kept_on_shelf(kind),
        "original": post.get(f"original-{kind}", "original"),
        "issuer": post.get(f"issuer-{kind}", ""),
        "issued_on": post.get(f"issued_on-{kind}", ""),
        "shelf": post.get(f"shelf-{kind}", ""),
    }
