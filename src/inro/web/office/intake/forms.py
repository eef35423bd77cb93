"""Papers of a pile registered in their envelope and their pages handed on to be stored (8.4)."""

from collections.abc import Sequence

from inro.practice.enclosures import PaperKind
from inro.practice.intake import ArrivalWay, EnclosedPaper, TrayReason, check_enclosed, is_kept_on_shelf
from inro.store.ids import EnclosureId, EnvelopeId
from inro.store.reads.intake import stored_pages
from inro.usecases.actor import Actor
from inro.usecases.intake import receive_envelope, register_enclosure
from inro.web.office.intake.answers import EnvelopeFacts
from inro.web.office.intake.cases import DeskCase, desk_case
from inro.web.office.intake.filing import Destination
from inro.web.office.intake.tray import Batch, CasePile, TrayPage, numbered, piles
from inro.web.office.intake.work import Crew


def file_own_forms(*, crew: Crew, batch: Batch, facts: EnvelopeFacts, shelf: str, actor: Actor) -> None:
    """Register each case's own forms in an envelope of their own, and hand their pages on to be stored.

    What is on record already goes on where it stopped; a page that is kept already goes into the tray.

    Raises: EnclosureRefused, NumberInText, DutyMissing, StoreError.
    """
    for kind in {kind for pile in piles(batch.pages) for kind in pile.own_forms}:
        check_enclosed(paper=_paper(kind, 1, facts.way, shelf), way=facts.way, arrived_on=facts.arrived_on)
    for pile in piles(batch.pages):
        _file_pile(crew, batch, pile, facts, shelf, actor)


def _file_pile(
    crew: Crew, batch: Batch, pile: CasePile, facts: EnvelopeFacts, shelf: str, actor: Actor
) -> None:
    case = desk_case(pile.number)
    envelope: EnvelopeId | None = None
    for kind, pages in pile.own_forms.items():
        if case.has_all_of(kind):
            places = [page.place for page in pages]
            crew.desk.back_to_tray(batch, places, reason=TrayReason.FILED_BEFORE)
            continue
        line = case.open_line(kind)
        if line is not None:
            file_pages(crew=crew, batch=batch, pages=pages, enclosure=line.enclosure_id, actor=actor)
            continue
        envelope = envelope or new_envelope(crew=crew, facts=facts, actor=actor)
        paper = _paper(kind, pages[0].pages, facts.way, shelf)
        enclosure = register_paper(crew=crew, envelope=envelope, case=case, paper=paper, actor=actor)
        file_pages(crew=crew, batch=batch, pages=pages, enclosure=enclosure, actor=actor)


def new_envelope(*, crew: Crew, facts: EnvelopeFacts, actor: Actor) -> EnvelopeId:
    """Register an envelope.

    Raises: EnclosureRefused, NumberInText, DutyMissing, StoreError.
    """
    return receive_envelope(
        arrived_on=facts.arrived_on, way=facts.way, note=facts.note, actor=actor, now=crew.desk.clock()
    )


def register_paper(
    *, crew: Crew, envelope: EnvelopeId, case: DeskCase, paper: EnclosedPaper, actor: Actor
) -> EnclosureId:
    """Register a paper of a case in an envelope, under the terms of the case.

    Raises: EnclosureRefused, FaxBringsNoOriginal, NumberInText, DutyMissing, StoreError.
    """
    return register_enclosure(
        envelope=envelope,
        application=case.application_id,
        paper=paper,
        terms=case.terms,
        actor=actor,
        now=crew.desk.clock(),
    )


def file_pages(
    *, crew: Crew, batch: Batch, pages: Sequence[TrayPage], enclosure: EnclosureId, actor: Actor
) -> None:
    """Hand the pages of a registered paper on to be stored; one that is kept already goes into the tray.

    Raises: PageMoved.
    """
    kept = stored_pages(enclosure)
    for page in numbered(pages):
        if page.page in kept:
            crew.desk.back_to_tray(batch, [page.place], reason=TrayReason.FILED_BEFORE)
        elif not page.filing:
            to = Destination(
                batch=batch.batch_id, enclosure=enclosure, page=page.page, pages=max(page.pages, page.page)
            )
            crew.file(batch, page, to=to, actor=actor)


def _paper(kind: PaperKind, pages: int, way: ArrivalWay, shelf: str) -> EnclosedPaper:
    original = way is not ArrivalWay.FAX
    kept = original and is_kept_on_shelf(kind)
    return EnclosedPaper(kind=kind, pages=pages, original=original, shelf=shelf if kept else "")
