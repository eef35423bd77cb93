"""Drafts: kept as typed, opened by passphrase, finished once, deleted in time (8.12, 12, 40(6), 42)."""

import json
from datetime import timedelta

import pytest

from inro.practice.application import ApplicationState
from inro.practice.deadlines import draft_deadline
from inro.practice.events import EventKind
from inro.practice.passphrase import ALPHABET, new_passphrase, passphrase_hash, read_passphrase
from inro.practice.wizard import Step
from inro.store.audit import chain_end
from inro.store.errors import Conflict, Unknown
from inro.store.models import Application, AuditRow, Draft, WrongOpening
from inro.store.numbers import is_number
from inro.store.reads.application import application_record, case_timeline
from inro.store.reads.draft import draft_record
from inro.usecases.act import act
from inro.usecases.actor import DutyMissing, process
from inro.usecases.draft import (
    CLOSED_FOR,
    MOST_AN_HOUR,
    WRONG_TRIES,
    ConsentMissing,
    DraftClosedForAWhile,
    DraftFinished,
    DraftNotOpened,
    StepChanged,
    TooManyDrafts,
    acknowledge_explanation,
    begin_draft,
    consent_to_terms,
    delete_expired_drafts,
    finish_draft,
    open_draft,
    save_step,
)
from tests import given
from tests.forms import FORM

ANYONE = process("wizard")
PASSPHRASE = "ABCD-EFGH-JKMN-PQRS"
HOSTILE = "𠮷\x00\ud800é‮" + "長" * 5000


def begun(**changes):
    acting = {
        "passphrase": PASSPHRASE,
        "salt": b"s" * 16,
        "terms": given.TERMS,
        "actor": ANYONE,
        "now": given.NOW,
    }
    return begin_draft(**acting | changes)


def saved(
    draft: str, *, step: Step = Step.SUBSCRIBER, seen: int = 0, now=given.NOW, done=frozenset(), **fields
):
    return save_step(
        draft=draft, step=step, seen=seen, fields=fields, done=done, terms=given.TERMS, actor=ANYONE, now=now
    )


def opened(number: str, passphrase: str = PASSPHRASE, now=given.NOW):
    return open_draft(number=number, passphrase=passphrase, actor=ANYONE, now=now)


def agreed(draft: str, edition: str = given.EDITION):
    explained = {"words_sha256": "ef" * 32, "terms": given.TERMS, "actor": ANYONE, "now": given.NOW}
    acknowledge_explanation(draft=draft, **explained)
    consent_to_terms(
        draft=draft,
        edition=edition,
        edition_sha256=given.EDITION_SHA256,
        terms=given.TERMS,
        actor=ANYONE,
        now=given.NOW,
    )


def finished(draft: str):
    return finish_draft(
        draft=draft,
        form=FORM,
        edition=given.EDITION,
        edition_sha256=given.EDITION_SHA256,
        actor=ANYONE,
        now=given.NOW,
    )


def test_a_passphrase_has_79_bits_and_is_read_however_it_is_typed():
    told = new_passphrase(lambda alphabet: alphabet[7])
    assert told == "9999-9999-9999-9999"
    assert len(set(ALPHABET)) == 31
    assert not set("01ILO") & set(ALPHABET)
    assert read_passphrase("ａｂｃｄ　efgh jkmn－PQRS") == PASSPHRASE.replace("-", "")
    salt = b"s" * 16
    assert passphrase_hash("abcd efgh jkmn pqrs", salt=salt) == passphrase_hash(PASSPHRASE, salt=salt)


def test_a_draft_begins_with_a_number_and_keeps_no_passphrase(db):
    draft = begun()
    assert draft.number.startswith("W26-000001-")
    assert is_number(draft.number)
    assert draft.expires_on == draft_deadline(saved_on=given.NOW.date(), terms=given.TERMS).day
    row = Draft.objects.get()
    assert PASSPHRASE.encode() not in bytes(row.passphrase_hash) + bytes(row.passphrase_salt)
    assert AuditRow.objects.get().kind == EventKind.DRAFT_BEGUN


def test_what_was_typed_comes_back_untouched_and_no_log_has_it(db):
    draft = begun().number
    saved(draft, surname=HOSTILE, given="花子")
    assert opened(draft).of_step(Step.SUBSCRIBER).fields == {"surname": HOSTILE, "given": "花子"}
    assert Draft.objects.get().answers.isascii()
    assert chain_end().seq == 1
    assert "花子" not in json.dumps(list(AuditRow.objects.values()), ensure_ascii=False)


def test_saving_puts_off_the_day_of_deletion(db):
    draft = begun().number
    later = given.NOW + timedelta(days=40)
    assert saved(draft, given="花子", now=later).expires_on == begun(now=later).expires_on


def test_of_two_tabs_the_later_is_told_and_nothing_is_lost(db):
    draft = begun().number
    saved(draft, given="花子")
    with pytest.raises(StepChanged):
        saved(draft, given="華子")
    assert draft_record(draft).of_step(Step.SUBSCRIBER).fields == {"given": "花子"}
    assert saved(draft, seen=1, given="華子").of_step(Step.SUBSCRIBER).fields == {"given": "華子"}


def test_the_same_sent_twice_and_other_steps_are_no_conflict(db):
    draft = begun().number
    saved(draft, given="花子")
    saved(draft, given="花子", done=frozenset({Step.SUBSCRIBER}))
    record = saved(
        draft, step=Step.KIND, kind="company_employee", done=frozenset({Step.KIND, Step.SUBSCRIBER})
    )
    assert record.done == {Step.KIND, Step.SUBSCRIBER}


def test_no_saving_undoes_what_was_agreed_to(db):
    draft = begun().number
    agreed(draft)
    assert saved(draft, given="花子").done == {Step.EXPLANATION, Step.TERMS}


def test_explanation_and_consent_are_recorded_with_hashes(db):
    draft = begun().number
    agreed(draft)
    explained, consented = AuditRow.objects.order_by("seq")[1:]
    assert (explained.kind, consented.kind) == (EventKind.EXPLANATION_RECORDED, EventKind.TERMS_CONSENTED)
    assert json.loads(explained.details)["clauses"] == ["12.3", "42.1", "42.2", "42.3"]
    assert json.loads(consented.details)["edition_sha256"] == given.EDITION_SHA256


def test_a_draft_is_finished_once_and_its_form_printed(db):
    draft = begun().number
    agreed(draft)
    application = finished(draft)
    assert finished(draft) == application
    record = application_record(application)
    assert (record.state, record.form) == (ApplicationState.PRINTED, FORM)
    assert Application.objects.count() == 1
    kinds = [entry.kind for entry in case_timeline(application)]
    assert kinds == [
        EventKind.DRAFT_BEGUN,
        EventKind.EXPLANATION_RECORDED,
        EventKind.TERMS_CONSENTED,
        EventKind.APPLICATION_DRAFTED,
        EventKind.FORM_PRINTED,
    ]
    with pytest.raises(DraftFinished):
        saved(draft, given="華子")


@pytest.mark.parametrize("edition", [None, "2023-04-25"])
def test_nothing_is_finished_without_consent_to_the_edition_in_force(db, edition):
    draft = begun().number
    if edition:
        agreed(draft, edition)
    before = chain_end().seq
    with pytest.raises(ConsentMissing):
        finished(draft)
    assert Application.objects.count() == 0
    assert chain_end().seq == before


def test_the_database_too_finishes_nothing_without_consent(db):
    draft = begun().number
    application = given.drafted()
    with pytest.raises(Conflict, match="draft_finished_knowingly"):
        finish_by_hand(draft, application)


def finish_by_hand(draft: str, application) -> None:
    with act(actor=ANYONE, now=given.NOW) as doing:
        doing.nothing()
        Draft.objects.filter(number=draft).update(application_id=application)


def test_number_and_passphrase_open_it_by_either_number(db):
    draft = begun().number
    agreed(draft)
    number = application_record(finished(draft)).number
    assert opened(draft).application == opened(number).application == number


@pytest.mark.parametrize("number", ["own", "W26-999999-9", "", "\ud800" * 3, "九" * 100_000])
def test_a_wrong_one_is_told_the_same_whether_or_not_there_is_the_number(db, number):
    draft = begun().number
    tried = draft if number == "own" else number
    for _ in range(WRONG_TRIES):
        with pytest.raises(DraftNotOpened) as told:
            opened(tried, "2222-2222-2222-2222")
        assert told.value.data == {}
    with pytest.raises(DraftClosedForAWhile):
        opened(tried)
    assert AuditRow.objects.order_by("-seq")[0].kind == EventKind.DRAFT_CLOSED_FOR_A_WHILE
    assert draft not in AuditRow.objects.order_by("-seq")[0].subject


def test_a_closed_number_opens_again_after_a_while_and_tries_are_forgotten(db):
    draft = begun().number
    for _ in range(WRONG_TRIES):
        with pytest.raises(DraftNotOpened):
            opened(draft, "wrong")
    with pytest.raises(DraftClosedForAWhile):
        opened(draft)
    assert opened(draft, now=given.NOW + CLOSED_FOR).number == draft
    assert WrongOpening.objects.count() == 0


def test_a_missing_number_costs_as_much_as_a_wrong_passphrase(db, monkeypatch):
    """Both are hashed once and leave one row: what takes time is the same."""
    draft = begun().number
    hashed = []

    def counted(passphrase, *, salt):
        hashed.append(len(salt))
        return passphrase_hash(passphrase, salt=salt)

    monkeypatch.setattr("inro.usecases.draft.passphrase_hash", counted)
    for number in (draft, "W26-999999-9"):
        with pytest.raises(DraftNotOpened):
            opened(number, "wrong")
    assert hashed == [16, 16]
    assert WrongOpening.objects.count() == 2


def test_a_flood_of_drafts_is_stopped(db):
    row = {"passphrase_salt": b"s" * 16, "passphrase_hash": b"h" * 32, "expires_on": given.NOW.date()}
    times = {"created_at": given.NOW, "updated_at": given.NOW}
    Draft.objects.bulk_create(Draft(number=f"W{count}", **row, **times) for count in range(MOST_AN_HOUR))
    with pytest.raises(TooManyDrafts):
        begun()
    assert begun(now=given.NOW + timedelta(hours=1)).number


def test_expired_drafts_are_deleted_and_finished_ones_emptied(db):
    left, kept = begun().number, begun().number
    agreed(kept)
    saved(kept, given="花子")
    number = application_record(finished(kept)).number
    late = given.NOW + timedelta(days=given.TERMS.draft_days)
    assert delete_expired_drafts(actor=given.SIGNER, now=late) == 0
    assert delete_expired_drafts(actor=given.SIGNER, now=late + timedelta(days=1)) == 2
    with pytest.raises(Unknown):
        draft_record(left)
    assert opened(number).answers == {}
    last = AuditRow.objects.order_by("-seq")[0]
    assert (last.kind, json.loads(last.details)["count"]) == (EventKind.DRAFTS_DELETED, 2)
    assert delete_expired_drafts(actor=given.SIGNER, now=late + timedelta(days=2)) == 0


def test_only_a_process_deletes(db):
    with pytest.raises(DutyMissing):
        delete_expired_drafts(actor=given.DESK, now=given.NOW)


def test_a_draft_made_anew_has_the_answers_of_the_earlier_one(db):
    again = begun(answers={Step.KIND: {"kind": "sole_proprietor"}})
    assert again.of_step(Step.KIND).fields == {"kind": "sole_proprietor"}
    assert again.done == frozenset()
