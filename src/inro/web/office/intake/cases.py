"""What the desk shows of a case: who applied, what is missing, what is too old (8.4, 9.2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from inro.practice.application import ApplicationState
from inro.practice.editions import Terms
from inro.practice.enclosures import PaperKind, RequiredPaper, required_papers
from inro.practice.intake import ArrivedPaper, PaperPoint, paper_points
from inro.store.ids import ApplicationId
from inro.store.reads.application import ApplicationRecord, application_by_number
from inro.store.reads.intake import EnclosureLine, enclosures_of
from inro.web.office.house import house
from inro.web.office.intake.tray import CasePile, TrayPage


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCase:
    """One case as it lies on the desk; names are empty once its records are disposed of."""

    application_id: ApplicationId
    number: str
    name: str
    organization: str
    state: ApplicationState
    required: tuple[RequiredPaper, ...]
    enclosures: tuple[EnclosureLine, ...]
    points: tuple[PaperPoint, ...]
    terms: Terms

    @property
    def checklist(self) -> list[tuple[RequiredPaper, PaperPoint | None]]:
        """Return each required paper with what is deficient of it, None where a good one is here."""
        of_kind = {point.kind: point for point in self.points}
        return [(paper, of_kind.get(paper.kind)) for paper in self.required]

    @property
    def is_deficient(self) -> bool:
        """Whether papers are awaited that mend a deficiency (9.2)."""
        return self.state is ApplicationState.DEFICIENT

    def lines_of(self, kind: PaperKind) -> list[EnclosureLine]:
        """Return the papers of a kind that came, oldest first."""
        return [line for line in self.enclosures if line.kind is kind]

    def open_line(self, kind: PaperKind) -> EnclosureLine | None:
        """Return the last paper of a kind that lacks pages, or None."""
        return next((line for line in reversed(self.lines_of(kind)) if line.stored < line.pages), None)

    def next_to_redact(self, pile: CasePile) -> TrayPage | None:
        """Return the first page of a pile to look at for numbers whose paper is registered, or None."""
        return next(
            (page for page in pile.may_show_number if page.kind and self.open_line(page.kind) is not None),
            None,
        )

    def has_all_of(self, kind: PaperKind) -> bool:
        """Whether a paper of this kind is kept whole and no other one is awaited."""
        return bool(self.lines_of(kind)) and self.open_line(kind) is None and not self.is_deficient


def desk_case(number: str) -> DeskCase:
    """Return a case.

    Raises: Unknown.
    """
    record = application_by_number(number)
    terms = _terms(record)
    enclosures = enclosures_of(record.application_id)
    form = record.form
    return DeskCase(
        application_id=record.application_id,
        number=record.number,
        name=form.legal_name if form else "",
        organization=form.organization.name if form and form.organization else "",
        state=record.state,
        required=required_papers(form) if form else (),
        enclosures=enclosures,
        points=paper_points(form=form, arrived=_arrived(enclosures), terms=terms) if form else (),
        terms=terms,
    )


def _terms(record: ApplicationRecord) -> Terms:
    return house().policy.editions[record.edition].terms


def _arrived(enclosures: Sequence[EnclosureLine]) -> list[ArrivedPaper]:
    return [
        ArrivedPaper(
            kind=line.kind,
            original=line.original,
            too_old=line.too_old,
            issued_on=line.issued_on,
            arrived_on=line.arrived_on,
        )
        for line in enclosures
    ]
