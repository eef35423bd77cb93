"""Cases under examination with their papers in a real store: our forms as printed, the others drawn."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PIL import Image, ImageDraw

from inro.configuration.installation import load_installation
from inro.paper.form import render_application_form
from inro.paper.further_forms import render_former_surname_form
from inro.paper.scan.page import Page, page_of_pixels
from inro.ports.document_store import DocumentStore
from inro.practice.enclosures import ISSUED_PAPERS, PaperKind, required_papers
from inro.practice.intake import EnclosedPaper
from inro.practice.stated import NameChoice, StatedForm
from inro.store.ids import ApplicationId, BatchId, EnclosureId
from inro.usecases.actor import process
from inro.usecases.application import begin_examination, find, record_application, record_form_printed
from inro.web.office.documents import opened_documents
from inro.web.office.intake.filing import Destination, keep_page, keep_redacted
from tests import given
from tests.adapters.tokens import pin
from tests.forms import SOLE
from tests.paper.forms import APPLICATION
from tests.paper.resident_record import resident_record
from tests.paper.scanner import rasterised
from tests.paper.sheets import OPERATOR
from tests.usecases import given_intake
from tests.web.given_desk import desk_installation
from tests.web.given_officers import officers_of

# Fourteen items: a sole proprietor's, with a former surname and a replaced character.
MARRIED = replace(SOLE, name_choice=NameChoice.FORMER_SURNAME)
ISSUED_ON = date(2026, 11, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Where the cases are, and their numbers; the first has its pages in the store."""

    home: Path
    numbers: tuple[str, ...]


@contextmanager
def cases_to_examine(folder: Path, *forms: StatedForm, officers: bool = True) -> Iterator[Cases]:
    """Put cases under examination on record, in an installation with a documents' token of its own.

    Without `officers` the test installs a roster itself: there is one first roster.
    """
    with desk_installation(folder) as home:
        if officers:
            officers_of(home)
        numbers = []
        with opened_documents(places=load_installation(home).documents, pin=pin()) as room:
            for place, form in enumerate(forms):
                application = received(form, store=room.store if place == 0 else None)
                begin_examination(application=application, actor=given.EXAMINER, now=given.NOW)
                numbers.append(find(application).number)
        yield Cases(home=home, numbers=tuple(numbers))


def received(form: StatedForm, *, store: DocumentStore | None = None) -> ApplicationId:
    """Return an application whose papers are registered; with a store their pages are kept there."""
    wizard = process("wizard")
    application = record_application(
        form=form, edition=given.EDITION, edition_sha256=given.EDITION_SHA256, actor=wizard, now=given.NOW
    )
    record_form_printed(application=application, actor=wizard, now=given.NOW)
    into, batch = given_intake.envelope(), given_intake.batch()
    number = find(application).number
    for paper in required_papers(form):
        pages = _pages(paper.kind, form, number)
        enclosure = given_intake.enclosed(into, application, _enclosed(paper.kind, len(pages)))
        if store is not None:
            _keep(pages, paper.kind, enclosure, batch, store)
    return application


def _enclosed(kind: PaperKind, pages: int) -> EnclosedPaper:
    issued = kind in ISSUED_PAPERS
    return EnclosedPaper(
        kind=kind,
        pages=pages,
        issuer="架空市長" if issued else "",
        issued_on=ISSUED_ON if issued else None,
        shelf="A-1",
    )


def _pages(kind: PaperKind, form: StatedForm, number: str) -> list[Page]:
    if kind is PaperKind.APPLICATION_FORM:
        pdf = render_application_form(form=form, **{**APPLICATION, "number": number})
        return [_page(_sealed(picture)) for picture in rasterised(pdf)]
    if kind is PaperKind.FORMER_SURNAME_FORM:
        made_on = date(2026, 11, 30)
        pdf = render_former_surname_form(form=form, number=number, made_on=made_on, operator=OPERATOR)
        return [_page(picture) for picture in rasterised(pdf)]
    if kind is PaperKind.RESIDENT_RECORD:
        return [resident_record(random.Random(3), writing=None).page]
    return [_page(_sealed(Image.new("L", (1654, 2339), 255)))]


def _sealed(picture: Image.Image) -> Image.Image:
    """Return a sheet with an impression where our forms have the subscriber's."""
    draw = ImageDraw.Draw(picture)
    centre = (round(49 / 25.4 * 200), round(252 / 25.4 * 200))
    for radius in (90, 82):
        draw.ellipse(
            [centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius],
            outline=90,
            width=5,
        )
    return picture


def _page(picture: Image.Image) -> Page:
    grey = picture.convert("L")
    return page_of_pixels(grey.tobytes(), mode="L", width=grey.width, height=grey.height, dpi=200)


def _keep(
    pages: list[Page], kind: PaperKind, enclosure: EnclosureId, batch: BatchId, store: DocumentStore
) -> None:
    for place, page in enumerate(pages, start=1):
        to = Destination(batch=batch, enclosure=enclosure, page=place, pages=len(pages))
        stated = {
            "page": page,
            "destination": to,
            "store": store,
            "actor": given_intake.CLERK,
            "now": given.NOW,
        }
        if kind is PaperKind.RESIDENT_RECORD:
            keep_redacted(boxes=(), **stated)
        else:
            keep_page(**stated)
