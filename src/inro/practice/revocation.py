"""What must hold before a certificate is revoked or a request refused (18.7, 21, 22, 25, 39.4)."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from inro.practice.errors import Refused
from inro.practice.grounds import (
    Ground,
    Invoker,
    Obligation,
    RevocationForm,
    grounds_of_ca_certificates,
)
from inro.practice.transitions import Guard, check_guards


class RequestWay(StrEnum):
    """How a paper came: by post, or by fax where urgent and unavoidable (21.2, 22.2)."""

    POST = "post"
    FAX = "fax"


class RefusalReason(StrEnum):
    """Why a request is refused."""

    NOT_AUTHENTIC = "not_authentic"
    FORM_LACKING = "form_lacking"
    SLIP_NOT_OVERDUE = "slip_not_overdue"
    OTHER = "other"


class FollowingPaper(StrEnum):
    """What always follows a fax, even afterwards: the form itself and its documents (21.2, 22.2)."""

    FORM = "form"
    DOCUMENTS = "documents"


class RequestRefused(Refused):
    """What was typed of a request, or answered about it, is not whole; `field` is what to correct."""

    def __init__(self, *, field: str, problem: str) -> None:
        super().__init__(field=field, problem=problem)
        self.field = field
        self.problem = problem


class RequestNotRefusable(Refused):
    """The ground is mandatory: only lack of authenticity or of form refuses it (22.1)."""

    def __init__(self, *, ground: Ground, reason: RefusalReason) -> None:
        super().__init__(ground=ground.id, reason=reason.value)
        self.ground = ground.id
        self.reason = reason
        self.has_paper = ground.invoker is not Invoker.CA


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationPaper:
    """The application or request as it came.

    `name_on_form` must be the certificate's: the former surname where it has one (21.2). The two fax fields
    say that it was urgent and could not be avoided; the form itself follows and has a day of its own.
    """

    invoker: Invoker
    form: RevocationForm
    way: RequestWay
    name_on_form: str
    urgent: bool = False
    unavoidable: bool = False

    def as_record(self) -> dict[str, Any]:
        """Return the paper as JSON values."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Self:
        """Return the paper that `as_record` wrote.

        Raises: KeyError, TypeError and ValueError for a record of another shape.
        """
        known = {
            "invoker": Invoker(record["invoker"]),
            "form": RevocationForm(record["form"]),
            "way": RequestWay(record["way"]),
        }
        return cls(**record | known)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationFindings:
    """What the examination of a request found.

    `authentic` says that the paper comes from whom it says, true where there is none; `complete` that nothing
    of its form is lacking; `established` that the record shows a ground of the CA's own; `municipal_merger`
    that only the authorities renamed what the certificate shows (21.1(2)). `answers` holds the officer's
    answer by item of the checklist whose hash is `checklist`.
    """

    authentic: bool = True
    municipal_merger: bool = False
    complete: bool = True
    established: bool = True
    answers: dict[str, str] = field(default_factory=dict)
    checklist: str = ""

    @property
    def bear_it(self) -> bool:
        """Whether nothing that was found stands against the revocation (21, 22.1)."""
        return self.authentic and self.complete and self.established and not self.municipal_merger

    def as_record(self) -> dict[str, Any]:
        """Return the findings as JSON values."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Self:
        """Return the findings that `as_record` wrote.

        Raises: TypeError for a record of another shape.
        """
        return cls(**record)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFacts:
    """What is asked for, and when; `paper` is None where the CA acts on its own, `of_ca` its certificate."""

    ground: Ground
    not_after: datetime
    now: datetime
    paper: RevocationPaper | None = None
    of_ca: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationFacts(RequestFacts):
    """What the file says when a certificate is to be revoked.

    `receipt_period_over` is 18.7's or 22.1(1)'s day, whichever the ground is.
    """

    examiner: str
    decider: str
    name_in_certificate: str
    findings: RevocationFindings
    receipt_period_over: bool = False


def another_person_decides(facts: RevocationFacts) -> bool:
    """Return whether two persons stand behind the revocation."""
    return bool(facts.examiner) and bool(facts.decider) and facts.examiner != facts.decider


def certificate_has_not_expired(facts: RequestFacts) -> bool:
    """Return whether there is validity left to end."""
    return facts.now <= facts.not_after


def invoker_may_bring_this_ground(facts: RequestFacts) -> bool:
    """Return whether the paper comes from whom the ground belongs to; the CA's own grounds need none."""
    if facts.ground.invoker is Invoker.CA:
        return facts.paper is None
    return facts.paper is not None and facts.paper.invoker is facts.ground.invoker


def ground_is_for_such_a_certificate(facts: RequestFacts) -> bool:
    """Return whether a CA's own certificate is ended by what can end one."""
    return not facts.of_ca or facts.ground in grounds_of_ca_certificates()


def form_is_the_prescribed_one(facts: RequestFacts) -> bool:
    """Return whether subscriber and organization each used their own form."""
    return facts.paper is None or facts.paper.form is facts.ground.form


def fax_was_urgent_and_unavoidable(facts: RequestFacts) -> bool:
    """Return whether a fax stands in for the post rightly."""
    paper = facts.paper
    return paper is None or paper.way is RequestWay.POST or (paper.urgent and paper.unavoidable)


def paper_is_authentic(facts: RevocationFacts) -> bool:
    """Return whether the paper comes from whom it says."""
    return facts.paper is None or facts.findings.authentic


def paper_is_complete(facts: RevocationFacts) -> bool:
    """Return whether nothing of the form is lacking."""
    return facts.paper is None or facts.findings.complete


def ground_is_established(facts: RevocationFacts) -> bool:
    """Return whether the record shows what the CA acts on by itself."""
    return facts.paper is not None or facts.findings.established


def name_is_the_certificates(facts: RevocationFacts) -> bool:
    """Return whether the form names the subscriber as the certificate does."""
    return facts.paper is None or facts.paper.name_on_form == facts.name_in_certificate


def receipt_period_is_over(facts: RevocationFacts) -> bool:
    """Return whether the wait for the slip has ended, where the ground is that it did not come."""
    return facts.ground.clause not in _WAITING_FOR_SLIP or facts.receipt_period_over


def change_is_not_a_municipal_merger(facts: RevocationFacts) -> bool:
    """Return whether more changed than the authorities' own names."""
    return facts.ground.clause != "21.1(2)" or not facts.findings.municipal_merger


LONGEST_TEXT = 400
LONGEST_NAME = 100
_BY_TIME_ALONE = frozenset({"11.3", "18.7", "22.1(1)", "35.3"})
_WAITING_FOR_SLIP = frozenset({"18.7", "22.1(1)"})

REQUEST_GUARDS: tuple[Guard[RequestFacts], ...] = (
    Guard("6.1", certificate_has_not_expired),
    Guard("22.1", ground_is_for_such_a_certificate),
    Guard("21.1", invoker_may_bring_this_ground),
    Guard("21.2", form_is_the_prescribed_one),
    Guard("21.2", fax_was_urgent_and_unavoidable),
)
REVOCATION_GUARDS: tuple[Guard[RevocationFacts], ...] = (
    Guard("22.1", another_person_decides),
    Guard("6.1", certificate_has_not_expired),
    Guard("21.1", invoker_may_bring_this_ground),
    Guard("21.2", form_is_the_prescribed_one),
    Guard("21.2", fax_was_urgent_and_unavoidable),
    Guard("22.1", paper_is_authentic),
    Guard("21.2", paper_is_complete),
    Guard("22.1", ground_is_established),
    Guard("21.2", name_is_the_certificates),
    Guard("18.7", receipt_period_is_over),
    Guard("21.1(2)", change_is_not_a_municipal_merger),
)


def check_request(facts: RequestFacts) -> None:
    """Refuse to open a case after the end, or on a paper of the wrong person, form or way (6.1, 21, 22).

    Raises: GuardRefused.
    """
    check_guards(REQUEST_GUARDS, facts)


def check_note(*, ground: Ground, note: str) -> None:
    """Refuse a case of the CA's own without the facts it rests on, save where time alone opens it (22.1, 46).

    Raises: RequestRefused.
    """
    if ground.invoker is Invoker.CA and ground.clause not in _BY_TIME_ALONE and not note.strip():
        raise RequestRefused(field="note", problem="missing")
    if len(note) > LONGEST_TEXT:
        raise RequestRefused(field="note", problem="too_long")


def check_paper(paper: RevocationPaper | None) -> None:
    """Refuse a paper without the name that its form gives (21.2).

    Raises: RequestRefused.
    """
    if paper is not None and not paper.name_on_form.strip():
        raise RequestRefused(field="name_on_form", problem="missing")
    if paper is not None and len(paper.name_on_form) > LONGEST_NAME:
        raise RequestRefused(field="name_on_form", problem="too_long")


def check_revocation(facts: RevocationFacts) -> None:
    """Refuse a revocation that lacks a condition (18.7, 21.1, 21.2, 22.1).

    Raises: GuardRefused.
    """
    check_guards(REVOCATION_GUARDS, facts)


def check_refusal(*, ground: Ground, reason: RefusalReason, receipt_period_over: bool = True) -> None:
    """Refuse to turn down a mandatory ground for anything but authenticity or form (18.7, 22.1).

    18.7 comes on no paper that could lack either: it is turned down only where the wait for the slip isn't
    over after all, because the slip came or doubts were told in time (18.5).

    Raises: RequestNotRefusable.
    """
    if reason is RefusalReason.SLIP_NOT_OVERDUE:
        if ground.clause in _WAITING_FOR_SLIP and not receipt_period_over:
            return
        raise RequestNotRefusable(ground=ground, reason=reason)
    if ground.obligation is Obligation.POWER:
        return
    if ground.invoker is Invoker.CA or reason is RefusalReason.OTHER:
        raise RequestNotRefusable(ground=ground, reason=reason)


def refusal_reasons(ground: Ground) -> tuple[RefusalReason, ...]:
    """Return for what a case on a ground may be turned down, as `check_refusal` has it (18.7, 22.1)."""
    slip = (RefusalReason.SLIP_NOT_OVERDUE,) if ground.clause in _WAITING_FOR_SLIP else ()
    if ground.obligation is Obligation.POWER:
        return (*slip, RefusalReason.OTHER)
    return slip if ground.invoker is Invoker.CA else (RefusalReason.NOT_AUTHENTIC, RefusalReason.FORM_LACKING)


def check_refusal_text(*, reason: RefusalReason, text: str) -> None:
    """Refuse to turn a person's paper down without words for them; a slip's arrival speaks for itself (22.1).

    Raises: RequestRefused.
    """
    if reason is not RefusalReason.SLIP_NOT_OVERDUE and not text.strip():
        raise RequestRefused(field="refusal", problem="missing")
    if len(text) > LONGEST_TEXT:
        raise RequestRefused(field="refusal", problem="too_long")


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalFacts:
    """What is known when a paper arrives after its fax; `requested_on` is the fax's day."""

    paper: RevocationPaper | None
    arrived_before_on: date | None
    requested_on: date
    arrives_on: date
    today: date


def original_is_outstanding(facts: OriginalFacts) -> bool:
    """Return whether the paper must still follow a fax; the revocation stands meanwhile (21.2, 22.2)."""
    by_fax = facts.paper is not None and facts.paper.way is RequestWay.FAX
    return by_fax and facts.arrived_before_on is None


def original_follows_the_fax(facts: OriginalFacts) -> bool:
    """Return whether the paper arrives no earlier than its fax."""
    return facts.requested_on <= facts.arrives_on


def arrival_has_happened(facts: OriginalFacts) -> bool:
    """Return whether the paper is here by today."""
    return facts.arrives_on <= facts.today


ORIGINAL_GUARDS: tuple[Guard[OriginalFacts], ...] = (
    Guard("21.2", original_is_outstanding),
    Guard("21.2", original_follows_the_fax),
    Guard("21.2", arrival_has_happened),
)


def check_original(facts: OriginalFacts) -> None:
    """Refuse a paper that follows no fax, came already, or is still to come (21.2, 22.2).

    Raises: GuardRefused.
    """
    check_guards(ORIGINAL_GUARDS, facts)
