"""A draft in the wizard: begun, saved step by step, opened again, finished, deleted (8.12, 12, 40(6), 42).

Saving what an applicant types is no act of the house and leaves no audit row, unless it moves the day of
deletion; beginning, what was explained and consented to, finishing and deleting do. The passphrase is seen
here and kept nowhere (ADR 0022).
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from inro.practice.acts import Act
from inro.practice.application import ApplicationAct
from inro.practice.calendar import jst_date
from inro.practice.deadlines import draft_deadline
from inro.practice.editions import Terms
from inro.practice.errors import Refused
from inro.practice.events import EventKind
from inro.practice.passphrase import HASH_OCTETS, SALT_OCTETS, passphrase_hash
from inro.practice.stated import StatedForm
from inro.practice.wizard import Step
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.models import Draft, WrongOpening
from inro.store.numbers import is_number, next_number
from inro.store.reads.draft import NOTHING, DraftRecord, StepAnswers, read_answers, record_of, write_answers
from inro.usecases import application as applications
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.service_day import check_service_open

MOST_AN_HOUR = 600
WRONG_TRIES = 10
CLOSED_FOR = timedelta(minutes=30)
_AT_ONCE = 500
_LONGEST_NUMBER = 16
# Done by an act of their own, which no saving undoes.
_AGREED = frozenset({Step.EXPLANATION, Step.TERMS})
# What stands for a draft that there is not: opening it takes as long as opening one that there is.
_NO_SALT, _NO_HASH = bytes(SALT_OCTETS), bytes(HASH_OCTETS)


class TooManyDrafts(Refused):
    """So many drafts were begun within an hour that somebody must be flooding the wizard."""


class DraftNotOpened(Refused):
    """Number and passphrase do not belong together; whether there is such a number is not told."""


class DraftClosedForAWhile(Refused):
    """Ten wrong passphrases were tried for a number, whether or not there is one like it."""

    def __init__(self, *, until: datetime) -> None:
        super().__init__(until=until.isoformat())
        self.until = until


class StepChanged(Refused):
    """A step was saved elsewhere since this page showed it: in another tab, or on another computer."""

    def __init__(self, *, step: Step) -> None:
        super().__init__(step=step.value)
        self.step = step


class DraftFinished(Refused):
    """The form was printed: what it states no longer changes."""


class ConsentMissing(Refused):
    """The form is finished only after the explanation and the consent to the edition in force (12.1, 42)."""

    def __init__(self, *, step: Step) -> None:
        super().__init__(step=step.value)
        self.step = step


def begin_draft(
    *,
    passphrase: str,
    salt: bytes,
    terms: Terms,
    actor: Actor,
    now: datetime,
    answers: Mapping[Step, Mapping[str, str]] | None = None,
) -> DraftRecord:
    """Begin a draft; `answers` are those of an earlier one that is made anew.

    Raises: TooManyDrafts, Conflict.
    """
    actor.check(Act.BEGIN_DRAFT)
    check_service_open(now)
    kept = passphrase_hash(passphrase, salt=salt)
    if Draft.objects.filter(created_at__gt=now - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise TooManyDrafts
    copied = {step: StepAnswers(version=1, fields=fields) for step, fields in (answers or {}).items()}
    with act(actor=actor, now=now) as doing:
        row = Draft.objects.create(
            number=next_number("W", now=now),
            passphrase_salt=salt,
            passphrase_hash=kept,
            answers=write_answers(copied),
            created_at=now,
            updated_at=now,
            expires_on=draft_deadline(saved_on=jst_date(now), terms=terms).day,
        )
        doing.record(EventKind.DRAFT_BEGUN, subject=subject(row.number))
    return record_of(row)


def open_draft(*, number: str, passphrase: str, actor: Actor, now: datetime) -> DraftRecord:
    """Return the draft of a number, its own or its application's, to whoever knows the passphrase.

    Raises: DraftNotOpened, DraftClosedForAWhile.
    """
    actor.check(Act.OPEN_DRAFT)
    tried = hashlib.sha256(number.encode(errors="replace")).hexdigest()
    wrong = WrongOpening.objects.filter(number_sha256=tried)
    recent = list(
        wrong.filter(at__gt=now - CLOSED_FOR).order_by("-at").values_list("at", flat=True)[:WRONG_TRIES]
    )
    if len(recent) >= WRONG_TRIES:
        raise DraftClosedForAWhile(until=recent[-1] + CLOSED_FOR)
    row = _with_number(number)
    salt, kept = (row.passphrase_salt, row.passphrase_hash) if row else (_NO_SALT, _NO_HASH)
    right = hmac.compare_digest(passphrase_hash(passphrase, salt=bytes(salt)), bytes(kept))
    with act(actor=actor, now=now) as doing:
        doing.nothing()
        if right:
            wrong.delete()
        else:
            WrongOpening.objects.create(number_sha256=tried, at=now)
        if not right and len(recent) + 1 >= WRONG_TRIES:
            doing.record(EventKind.DRAFT_CLOSED_FOR_A_WHILE, subject=f"draft-number/{tried}")
    if row is None or not right:
        raise DraftNotOpened
    return record_of(row)


def save_step(
    *,
    draft: str,
    step: Step,
    seen: int,
    fields: Mapping[str, str],
    done: frozenset[Step],
    terms: Terms,
    actor: Actor,
    now: datetime,
) -> DraftRecord:
    """Keep what was typed on a step, valid or not, if it is as last `seen`; `done` are the steps done now.

    Saving the same again is no conflict: a form sent twice is saved once.

    Raises: StepChanged, DraftFinished, Unknown.
    """
    actor.check(Act.SAVE_STEP)
    with act(actor=actor, now=now) as doing:
        doing.nothing()
        row = _open_row(draft)
        expires_on = row.expires_on
        answers = read_answers(row.answers)
        before = answers.get(step, NOTHING)
        if before.version != seen and dict(before.fields) != dict(fields):
            raise StepChanged(step=step)
        answers[step] = StepAnswers(version=before.version + 1, fields=fields)
        agreed = _AGREED & {Step(name) for name in row.done}
        _change(row, terms, now, answers=write_answers(answers), done=sorted(agreed | (done - _AGREED)))
        if row.expires_on != expires_on:
            # Once a day at most: the ledger names the event by which a day moved.
            doing.record(EventKind.DEADLINE_SET, subject=subject(row.number))
    return record_of(row)


def acknowledge_explanation(
    *, draft: str, words_sha256: str, terms: Terms, actor: Actor, now: datetime
) -> DraftRecord:
    """Record that the statutory explanation and the penalty for false data were read (12.3, 42.1-42.3).

    `words_sha256` is of the words that were shown.

    Raises: DraftFinished, Unknown.
    """
    actor.check(Act.ACKNOWLEDGE_EXPLANATION)
    with act(actor=actor, now=now) as doing:
        row = _open_row(draft)
        _change(row, terms, now, explained_at=now, done=sorted({*row.done, Step.EXPLANATION}))
        doing.record(
            EventKind.EXPLANATION_RECORDED,
            subject=subject(row.number),
            clauses=["12.3", "42.1", "42.2", "42.3"],
            words_sha256=words_sha256,
        )
    return record_of(row)


def consent_to_terms(
    *, draft: str, edition: str, edition_sha256: str, terms: Terms, actor: Actor, now: datetime
) -> DraftRecord:
    """Record the consent to one edition of the terms and to the CPS (2.1, 8.2, 12.1, 12.2).

    Raises: DraftFinished, Unknown.
    """
    actor.check(Act.CONSENT_TO_TERMS)
    consent = {"edition": edition, "edition_sha256": edition_sha256}
    with act(actor=actor, now=now) as doing:
        row = _open_row(draft)
        _change(row, terms, now, consented_at=now, done=sorted({*row.done, Step.TERMS}), **consent)
        doing.record(EventKind.TERMS_CONSENTED, subject=subject(row.number), **consent)
    return record_of(row)


def finish_draft(
    *,
    draft: str,
    form: StatedForm,
    edition: str,
    edition_sha256: str,
    actor: Actor,
    now: datetime,
) -> ApplicationId:
    """Make an application of a draft and its printed form, under the edition consented to (8.1, 8.12, 12.1).

    A draft finished before keeps its application: printing twice applies once.

    Raises: ConsentMissing, Unknown, Conflict.
    """
    actor.check(Act.FINISH_DRAFT)
    check_service_open(now)
    with act(actor=actor, now=now) as doing:
        row = _row(draft)
        if row.application_id is not None:
            doing.nothing()
            return ApplicationId(row.application_id)
        _check_consents(row, edition=edition, edition_sha256=edition_sha256)
        made = applications.add_application(
            doing, form=form, edition=edition, edition_sha256=edition_sha256, now=now
        )
        application = ApplicationId(made.pk)
        applications.step(application, ApplicationAct.PRINT_FORM)
        doing.record(EventKind.FORM_PRINTED, subject=applications.subject(made.number), draft=row.number)
        change(
            Draft,
            row=row.pk,
            expected={"version": row.version},
            to={"application": made, "version": row.version + 1, "updated_at": now},
        )
    return application


def delete_expired_drafts(*, actor: Actor, now: datetime) -> int:
    """Delete drafts whose time is over, and what was typed into finished ones; return how many (40(6)).

    A finished draft keeps number and passphrase's hash, with which its applicant sees the status.
    """
    actor.check_process()
    expired = Draft.objects.filter(expires_on__lt=jst_date(now)).exclude(answers="")
    deleted = 0
    while expired.exists():
        with act(actor=actor, now=now) as doing:
            # Of several workers each takes others.
            rows = list(expired.select_for_update(skip_locked=True).order_by("pk")[:_AT_ONCE])
            if not rows:
                doing.nothing()
                break
            numbers = sorted(row.number for row in rows)
            chosen = Draft.objects.filter(pk__in=[row.pk for row in rows])
            chosen.filter(application__isnull=True).delete()
            chosen.update(answers="")
            doing.record(
                EventKind.DRAFTS_DELETED,
                subject="drafts",
                count=len(numbers),
                numbers_sha256=hashlib.sha256("\n".join(numbers).encode()).hexdigest(),
            )
        deleted += len(rows)
    WrongOpening.objects.filter(at__lt=now - timedelta(days=1)).delete()
    return deleted


def subject(number: str) -> str:
    """Return what the audit log calls a draft."""
    return f"draft/{number}"


def _with_number(number: str) -> Draft | None:
    # What is no number of ours is not looked for: no database takes every character in a question.
    if len(number) > _LONGEST_NUMBER or not is_number(number):
        return None
    rows = Draft.objects.select_related("application")
    return rows.filter(number=number).first() or rows.filter(application__number=number).first()


def _row(draft: str) -> Draft:
    # The row's lock makes two tabs wait for each other; compare-and-set tells the later one.
    row = Draft.objects.select_for_update().filter(number=draft).first()
    if row is None:
        raise Unknown(what="draft", detail=draft)
    return row


def _open_row(draft: str) -> Draft:
    row = _row(draft)
    if row.application_id is not None:
        raise DraftFinished
    return row


def _check_consents(row: Draft, *, edition: str, edition_sha256: str) -> None:
    if row.explained_at is None:
        raise ConsentMissing(step=Step.EXPLANATION)
    if row.consented_at is None or (row.edition, row.edition_sha256) != (edition, edition_sha256):
        raise ConsentMissing(step=Step.TERMS)


def _change(row: Draft, terms: Terms, now: datetime, **columns: object) -> None:
    """Change an open draft; every change puts off the day on which it is deleted."""
    to = {
        **columns,
        "version": row.version + 1,
        "updated_at": now,
        "expires_on": draft_deadline(saved_on=jst_date(now), terms=terms).day,
    }
    change(Draft, row=row.pk, expected={"version": row.version, "application": None}, to=to)
    for name, value in to.items():
        setattr(row, name, value)
