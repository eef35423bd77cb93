"""What the letters' pages know of a case: who applied, its terms, where its originals lie (9.2)."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from inro.practice.acts import Act
from inro.practice.application import ApplicationAct, next_state
from inro.practice.calendar import Calendar
from inro.practice.editions import Terms
from inro.practice.intake import is_kept_on_shelf
from inro.practice.transitions import ActNotAllowed
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.reads.application import ApplicationRecord, application_by_number, application_record
from inro.store.reads.intake import EnclosureLine, enclosures_of
from inro.usecases.actor import DutyMissing
from inro.web.office.clerk import actor_of
from inro.web.office.house import house


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterCase:
    """One case with the terms it stands under."""

    record: ApplicationRecord
    terms: Terms
    calendar: Calendar

    @property
    def number(self) -> str:
        """The application's number."""
        return self.record.number

    @property
    def application_id(self) -> ApplicationId:
        """The application's row."""
        return self.record.application_id

    @property
    def name(self) -> str:
        """The applicant's legal name, empty once disposed of."""
        return self.record.form.legal_name if self.record.form else ""

    @property
    def organization(self) -> str:
        """The organization's name, empty where there is none."""
        stated = self.record.form.organization if self.record.form else None
        return stated.name if stated else ""

    def can(self, act: ApplicationAct) -> bool:
        """Return whether an act is possible where the application stands."""
        try:
            next_state(self.record.state, act)
        except ActNotAllowed:
            return False
        return True

    @property
    def originals(self) -> list[EnclosureLine]:
        """The originals that are kept, with their shelf; none is sent back (40(4))."""
        return [
            line
            for line in enclosures_of(self.application_id)
            if line.original and is_kept_on_shelf(line.kind)
        ]


def case_or_404(number: str) -> LetterCase:
    """Return a case by its number."""
    try:
        return _case(application_by_number(number))
    except Unknown as unknown:
        raise Http404 from unknown


def case_of(application: ApplicationId) -> LetterCase:
    """Return a case by its row.

    Raises: Unknown.
    """
    return _case(application_record(application))


def allows(request: HttpRequest, act: Act) -> bool:
    """Return whether the clerk's duties cover an act, so that its form is worth showing."""
    try:
        actor_of(request).check(act)
    except DutyMissing:
        return False
    return True


def _case(record: ApplicationRecord) -> LetterCase:
    policy = house().policy
    return LetterCase(record=record, terms=policy.editions[record.edition].terms, calendar=policy.calendar)
