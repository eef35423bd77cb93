"""An application's checklist as it is answered, and what the examination comes to (8, 9.1, 46)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inro.pki.canonical import canonical_sha256
from inro.practice.antisocial import is_matched
from inro.practice.application import ApplicationState
from inro.practice.authority import AuthorityFault, authority_faults
from inro.practice.checklist import (
    ANSWERED_BY_CHECKS,
    Answer,
    Checklist,
    ChecklistItem,
    OpenReason,
    Verdict,
    findings_of,
    open_reason,
)
from inro.practice.content import CertifiedContent
from inro.practice.corporate_number import ConfirmationOutcome
from inro.practice.duties import Duty
from inro.practice.enclosures import PaperKind
from inro.practice.examination import ExaminationFindings
from inro.practice.shown import Shown, shown_replacements, shown_texts
from inro.practice.stated import StatedForm, StatedReplacement
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.models import Application, ItemVerdict
from inro.store.reads.antisocial import AntisocialRecord, antisocial_records, as_officer_checks
from inro.store.reads.application import ApplicationRecord, application_record
from inro.store.reads.corporate_register import ConfirmationRecord, confirmation_of, with_confirmed_number
from inro.store.reads.intake import EnclosureLine, enclosures_of

_AWAITING = (ApplicationState.RECEIVED, ApplicationState.EXAMINING)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenVerdict:
    """A verdict as it was given; `shown_sha256` is of what the officer saw, `read` what the paper says.

    One that the officers' checks give bears no version: nothing is written over it (46).
    """

    verdict: Verdict
    reason: str
    read: str
    version: int
    shown_sha256: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminedItem:
    """One item with what it shows and what was found of it.

    `stop` is what the record itself holds against finding it fit, `open` why it is not settled.
    """

    asked: ChecklistItem
    stated: tuple[str, ...]
    replacements: tuple[StatedReplacement, ...]
    papers: tuple[EnclosureLine, ...]
    shown_sha256: str
    given: GivenVerdict | None
    stop: OpenReason | None
    open: OpenReason | None

    @property
    def item(self) -> str:
        """Its name in the checklist."""
        return self.asked.item

    @property
    def label(self) -> str:
        """What it is called in Japanese."""
        return self.asked.label

    @property
    def clause(self) -> str:
        """The clause it is asked by."""
        return self.asked.clause

    @property
    def paper(self) -> PaperKind:
        """The paper it is asked of."""
        return self.asked.paper

    @property
    def verdict(self) -> Verdict | None:
        """The verdict that stands, None where what it was given of has changed."""
        return self.given.verdict if self.given and self.given.shown_sha256 == self.shown_sha256 else None

    @property
    def reason(self) -> str:
        """Why it is deficient, in the words for the applicant (9.2)."""
        return self.given.reason if self.given else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """An item that keeps the examination from being concluded; empty where nothing was answered."""

    item: str
    label: str
    english: str
    clause: str
    reason: OpenReason


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationResult:
    """What an examination has come to: what will be certified, what was found, and what is still open."""

    content: CertifiedContent
    findings: ExaminationFindings
    open_items: tuple[OpenItem, ...]
    items: tuple[ExaminedItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """All that items are made from."""

    record: ApplicationRecord
    form: StatedForm
    papers: tuple[EnclosureLine, ...]
    confirmation: ConfirmationRecord | None
    faults: tuple[AuthorityFault, ...]
    given: Mapping[str, GivenVerdict]
    checks: tuple[AntisocialRecord, ...]


def examination_result(application: ApplicationId) -> ExaminationResult:
    """Return what an application's examination comes to, by the checklist that was last answered (9.1).

    Raises: Unknown, also once the records are disposed of.
    """
    rows = ItemVerdict.objects.filter(application_id=application).select_related("checklist")
    last = rows.order_by("-at", "-id").first()
    items = examined_items(application, Checklist.from_record(last.checklist.content)) if last else ()
    return ExaminationResult(
        content=certified_content(application),
        findings=findings_of(
            Answer(item=one.asked, verdict=None if one.stop else one.verdict) for one in items
        ),
        open_items=open_items(items),
        items=items,
    )


def examined_items(application: ApplicationId, checklist: Checklist) -> tuple[ExaminedItem, ...]:
    """Return the items a checklist asks of an application, each with what was found of it (9.1).

    Raises: Unknown, also once the records are disposed of.
    """
    file = _file(application, checklist)
    return tuple(_examined(one, file) for one in checklist.of(file.form))


def open_items(items: Iterable[ExaminedItem]) -> tuple[OpenItem, ...]:
    """Return what keeps an examination from being concluded, in the order of the items (9.1)."""
    examined = tuple(items)
    if not examined:
        nothing = OpenReason.UNDECIDED
        return (OpenItem(item="", label="審査項目", english="Checklist", clause="9.1", reason=nothing),)
    return tuple(
        OpenItem(
            item=one.item, label=one.label, english=one.asked.english, clause=one.clause, reason=one.open
        )
        for one in examined
        if one.open is not None
    )


def certified_content(application: ApplicationId) -> CertifiedContent:
    """Return what the certificate will show by what the form states and the register said last (8.2).

    Raises: Unknown, also once the records are disposed of.
    """
    record = application_record(application)
    content = _form(record).content(subscriber_id=subscriber_id(record))
    confirmed = confirmation_of(application)
    return with_confirmed_number(content, confirmed) if confirmed is not None else content


def subscriber_id(record: ApplicationRecord) -> str:
    """Return the id that the certificate gives a subscriber: of the first application, kept in renewals."""
    while record.predecessor is not None:
        record = application_record(record.predecessor)
    year, count, _ = record.number.removeprefix("A").split("-")
    return f"S{year}{count}"


def examination_queue() -> tuple[str, ...]:
    """Return the numbers of the applications to be examined, the one that came first first (9.1)."""
    rows = Application.objects.filter(state__in=[state.value for state in _AWAITING])
    return tuple(rows.order_by("received_at", "id").values_list("number", flat=True))


def _file(application: ApplicationId, checklist: Checklist) -> _File:
    record = application_record(application)
    form = _form(record)
    rows = ItemVerdict.objects.filter(application_id=application)
    return _File(
        record=record,
        form=form,
        papers=enclosures_of(application),
        confirmation=confirmation_of(application),
        faults=authority_faults(
            form, most_systems=checklist.most_systems, received_at=record.received_at or record.drafted_at
        ),
        given={row.item: _given(row) for row in rows},
        checks=antisocial_records(application),
    )


def _form(record: ApplicationRecord) -> StatedForm:
    if record.form is None:
        raise Unknown(what="form", detail=f"{record.number} is disposed of")
    return record.form


def _examined(asked: ChecklistItem, file: _File) -> ExaminedItem:
    papers = tuple(line for line in file.papers if line.kind is asked.paper)
    stated = shown_texts(file.form, asked.shown)
    replacements = shown_replacements(file.form, asked.shown)
    stop = _stop(asked, papers, file)
    shown_sha256 = canonical_sha256(
        {
            "asked": asked.as_record() | {"reasons": []},
            "stated": list(stated),
            "replacements": [[one.original, one.printed, one.source] for one in replacements],
            "papers": [_paper(line) for line in papers],
            "confirmation": _confirmation(asked, file),
        }
    )
    given = file.given.get(asked.item)
    if asked.item == ANSWERED_BY_CHECKS:
        given = _answer_of(file.checks, shown_sha256)
    verdict = given.verdict if given else None
    changed = given is not None and given.shown_sha256 != shown_sha256
    return ExaminedItem(
        asked=asked,
        stated=stated,
        replacements=replacements,
        papers=papers,
        shown_sha256=shown_sha256,
        given=given,
        stop=stop,
        open=stop or open_reason(verdict, changed=changed),
    )


def _answer_of(checks: tuple[AntisocialRecord, ...], shown_sha256: str) -> GivenVerdict | None:
    """Return what the checks come to: a match of anyone's, else what the examining officer's own found."""
    matched = is_matched(as_officer_checks(checks))
    deciding = [one for one in checks if matched or one.duty is Duty.EXAMINATION]
    if not deciding:
        return None
    return GivenVerdict(
        verdict=Verdict.MATCH if matched else Verdict.FIT,
        reason="",
        read="",
        version=0,
        shown_sha256=shown_sha256,
        person=deciding[-1].person,
        at=deciding[-1].checked_at,
    )


def _stop(asked: ChecklistItem, papers: tuple[EnclosureLine, ...], file: _File) -> OpenReason | None:
    if asked.shown is Shown.PAPER and papers and all(one.too_old or not one.original for one in papers):
        return OpenReason.PAPER_FAULTY
    if asked.shown is Shown.AUTHORITY and file.faults:
        return OpenReason.AUTHORITY_REFUSED
    if asked.shown is Shown.CORPORATE_NUMBER:
        return _number_stop(file)
    return None


def _number_stop(file: _File) -> OpenReason | None:
    stated = file.form.organization.corporate_number if file.form.organization else None
    if file.confirmation is None or file.confirmation.number != stated:
        return OpenReason.NUMBER_NOT_LOOKED_UP
    if file.confirmation.outcome is ConfirmationOutcome.CLOSED:
        return OpenReason.ORGANIZATION_CLOSED
    return None


def _paper(line: EnclosureLine) -> list[Any]:
    issued_on = line.issued_on.isoformat() if line.issued_on else ""
    return [line.enclosure_id, issued_on, line.arrived_on.isoformat(), line.original, line.too_old]


def _confirmation(asked: ChecklistItem, file: _File) -> list[str]:
    found = file.confirmation
    if asked.shown is not Shown.CORPORATE_NUMBER or found is None:
        return []
    return [found.number, found.outcome, found.published_on.isoformat(), found.name]


def _given(row: ItemVerdict) -> GivenVerdict:
    return GivenVerdict(
        verdict=Verdict(row.verdict),
        reason=row.reason,
        read=row.read,
        version=row.version,
        shown_sha256=row.shown_sha256,
        person=row.person,
        at=row.at,
    )
