"""Editions on record: published, put in force only when all were told; which governs (2.1, 2.2)."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from inro.configuration.editions import Edition, load_edition
from inro.configuration.policy import Policy, load_policy
from inro.practice.duties import Duty
from inro.practice.editions import (
    ActivationRefused,
    EditionAltered,
    EditionBegun,
    EditionUnpublished,
    change_notice_day,
    change_template,
)
from inro.practice.events import EventKind
from inro.store.errors import Conflict
from inro.store.models import AuditRow, EditionText, Notice, TermsEdition
from inro.store.reads.edition import edition_record, text_to_publish, untold
from inro.usecases.actor import Actor, DutyMissing, process
from inro.usecases.edition import activate_edition, record_text_published, register_editions
from inro.usecases.governing import edition_differences, governing_policy
from tests import given, posted

PUBLISHER = Actor(name="p-pub", duties=frozenset({Duty.PUBLICATION}))
WORKER = process("worker-1")
NEXT = "2027-02-01"
STARTS = date(2027, 2, 1)
# One clear month before: the last day on which a notice may arrive.
LAST_DAY = date(2026, 12, 31)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree("policy", tmp_path / "policy"))


@pytest.fixture
def founded(db, folder: Path) -> Policy:
    """A policy whose six editions are on record."""
    policy = load_policy(folder)
    assert register_editions(editions=policy.editions.values(), actor=PUBLISHER, now=given.NOW) == 6
    return policy


def planned(folder: Path, *, important: bool = True, price: int = 12_000) -> Policy:
    """Return the policy with a further edition, which begins on the first of February."""
    editions = folder / "editions"
    text = (editions / "2025-04-01.toml").read_text("utf-8").replace("2025-04-01", NEXT)
    text = text.replace("1y = 11000", f"1y = {price}")
    if not important:
        text = text.replace("important_change = true", "important_change = false")
    (editions / f"{NEXT}.toml").write_text(text, "utf-8")
    shutil.copytree(editions / "2025-04-01", editions / NEXT, dirs_exist_ok=True)
    return load_policy(folder)


def register(policy: Policy, *, published: bool = True) -> Edition:
    """Put the further edition on record and, as the worker does, its texts into the repository."""
    assert register_editions(editions=policy.editions.values(), actor=PUBLISHER, now=given.NOW) == 1
    if published:
        for text in edition_record(NEXT).texts:
            record_text_published(text=text.text_id, actor=WORKER, now=given.NOW)
    return policy.editions[NEXT]


def activate(edition: Edition, *, now: datetime = given.NOW, actor: Actor = PUBLISHER) -> None:
    """Put an edition in force."""
    activate_edition(terms=edition.terms, sha256=edition.sha256, actor=actor, now=now)


def tell(application: int, *, arrived_on: date | None, template: str = change_template(NEXT)) -> None:
    """Record that a subscriber was told."""
    Notice.objects.create(
        application_id=application,
        kind="terms_change",
        clause="2.2",
        channel="post",
        template=template,
        content_sha256="ef" * 32,
        sent_on=date(2026, 12, 1),
        arrived_on=arrived_on,
        released_by="p-notice",
    )


def subscribers(*, of: int) -> list[int]:
    """Return subscribers with a valid certificate."""
    house = given.office()
    return [posted.application_of(given.issued(house)) for _ in range(of)]


def test_before_anything_is_on_record_all_editions_govern_by_their_days(db, folder):
    policy = planned(folder)
    assert governing_policy(policy) is policy
    assert governing_policy(policy).edition_on(STARTS).terms.edition == NEXT


def test_the_first_record_finds_in_force_what_had_begun(founded):
    assert TermsEdition.objects.filter(activated_at__isnull=False).count() == 6
    assert governing_policy(founded).edition_on(date(2023, 4, 24)).terms.edition == "2022-04-08"
    kinds = list(AuditRow.objects.values_list("kind", flat=True))
    assert kinds.count(EventKind.EDITION_REGISTERED) == kinds.count(EventKind.EDITION_ACTIVATED) == 6
    row = AuditRow.objects.filter(subject="edition/2025-04-01", kind=EventKind.EDITION_REGISTERED).get()
    assert json.loads(row.details)["sha256"] == founded.editions["2025-04-01"].sha256


def test_registering_again_changes_nothing(founded):
    assert register_editions(editions=founded.editions.values(), actor=PUBLISHER, now=given.NOW) == 0


def test_a_new_edition_does_not_govern_before_it_is_put_in_force(founded, folder):
    policy = planned(folder)
    assert governing_policy(policy).edition_on(STARTS).terms.edition == "2025-04-01"
    edition = register(policy)
    assert governing_policy(policy).edition_on(STARTS).terms.edition == "2025-04-01"
    activate(edition)
    governing = governing_policy(policy)
    assert governing.edition_on(STARTS - timedelta(days=1)).terms.edition == "2025-04-01"
    assert governing.edition_on(STARTS).terms.edition == NEXT


def test_one_missing_and_one_late_notice_hold_an_edition_back(founded, folder):
    first, second, third = subscribers(of=3)
    edition = register(planned(folder))
    assert change_notice_day(edition.terms).day == LAST_DAY
    tell(first, arrived_on=LAST_DAY)
    tell(second, arrived_on=LAST_DAY + timedelta(days=1))
    tell(third, arrived_on=LAST_DAY, template=change_template("2026-01-01"))
    with pytest.raises(ActivationRefused) as refusal:
        activate(edition)
    assert len(refusal.value.missing) == len(refusal.value.late) == 1
    assert edition_record(NEXT).activated_at is None
    tell(third, arrived_on=LAST_DAY)
    # Told once in time is told, whatever comes later.
    tell(second, arrived_on=LAST_DAY - timedelta(days=3))
    activate(edition)
    assert edition_record(NEXT).activated_by == "p-pub"


def test_a_notice_under_way_has_not_arrived(founded, folder):
    (only,) = subscribers(of=1)
    edition = register(planned(folder))
    tell(only, arrived_on=None)
    found = untold(edition.terms, most=5)
    assert (found.missing, found.late, len(found.examples)) == (1, 0, 1)


def test_whose_contract_is_over_or_begins_later_need_not_be_told(founded, folder):
    house = given.office()
    revoked = given.issued(house)
    given.revoked(house, revoked, now=given.NOW)
    given.accepted(house)
    edition = register(planned(folder))
    assert untold(edition.terms, most=5).missing == 0
    activate(edition)


def test_a_change_of_nothing_important_needs_no_notice(founded, folder):
    subscribers(of=1)
    activate(register(planned(folder, important=False)))


def test_what_nobody_can_read_yet_is_not_put_in_force(founded, folder):
    with pytest.raises(EditionUnpublished):
        activate(register(planned(folder), published=False))


def test_an_edition_is_not_put_in_force_backwards(founded, folder):
    edition = register(planned(folder))
    with pytest.raises(EditionBegun):
        activate(edition, now=datetime(2027, 1, 31, 15, 0, tzinfo=UTC))
    activate(edition, now=datetime(2027, 1, 31, 14, 59, 59, tzinfo=UTC))


def test_an_edition_is_put_in_force_once(founded, folder):
    edition = register(planned(folder))
    activate(edition)
    with pytest.raises(Conflict):
        activate(edition)


def test_an_altered_text_is_another_edition(founded, folder):
    text = folder / "editions" / "2025-04-01" / "terms.txt"
    text.write_text(text.read_text("utf-8") + "x", "utf-8")
    policy = load_policy(folder)
    assert policy.editions["2025-04-01"].sha256 != founded.editions["2025-04-01"].sha256
    with pytest.raises(EditionAltered):
        governing_policy(policy)
    with pytest.raises(EditionAltered):
        register_editions(editions=policy.editions.values(), actor=PUBLISHER, now=given.NOW)
    (line,) = edition_differences(policy)
    assert "terms-2025-04-01.txt" in line


def test_an_edition_taken_out_of_the_policy_is_missed(founded):
    fewer = {name: one for name, one in founded.editions.items() if name != "2022-04-08"}
    with pytest.raises(EditionAltered):
        governing_policy(replace(founded, editions=fewer))
    assert "2022-04-08" in edition_differences(replace(founded, editions=fewer))[0]


@pytest.mark.parametrize("duty", [Duty.EXAMINATION, Duty.NOTICE])
def test_only_who_publishes_puts_editions_on_record_and_in_force(founded, folder, duty):
    other = Actor(name="p-other", duties=frozenset({duty}))
    with pytest.raises(DutyMissing):
        register_editions(editions=founded.editions.values(), actor=other, now=given.NOW)
    edition = register(planned(folder))
    with pytest.raises(DutyMissing):
        activate(edition, actor=other)


def test_a_text_is_published_from_the_record_and_recorded_once(founded):
    text = edition_record("2025-04-01").texts[0]
    name, content = text_to_publish(text.text_id)
    assert name == "terms-2025-04-01.txt"
    assert content == Path("policy/editions/2025-04-01/terms.txt").read_bytes()
    for _ in range(2):
        record_text_published(text=text.text_id, actor=WORKER, now=given.NOW)
    assert AuditRow.objects.filter(kind=EventKind.DOCUMENT_PUBLISHED).count() == 1


def test_a_changed_practice_statement_in_the_repository_is_the_notice_of_the_change(founded, folder):
    for edition in founded.editions:
        publish(edition)
    told = Notice.objects.get(kind="service_change")
    assert (told.template, told.clause, told.channel) == ("service_change/2025-04-01", "10", "web")
    assert told.words_sha256 == load_policy(Path("policy")).notice_words[told.kind].sha256
    assert (told.arrived_on, told.released_by) == (date(2026, 12, 1), PUBLISHER.name)
    statement = next(text for text in edition_record("2025-04-01").texts if text.kind == "cps")
    assert statement.sha256 in bytes(told.content).decode()
    assert AuditRow.objects.filter(kind=EventKind.NOTICE_SENT, subject="notice/service_change").count() == 1
    # The further edition changes the fees only.
    register(planned(folder))
    assert Notice.objects.filter(kind="service_change").count() == 1


def publish(edition: str) -> None:
    """Record an edition's texts as the worker does once the repository gives them back."""
    for text in edition_record(edition).texts:
        record_text_published(text=text.text_id, actor=WORKER, now=given.NOW)


def test_what_is_on_record_is_kept(founded):
    for statement in (
        "UPDATE store_termsedition SET sha256 = 'x'",
        "DELETE FROM store_editiontext",
        "UPDATE store_editiontext SET sha256 = 'x'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert EditionText.objects.count() == 24


def test_the_bundle_covers_figures_and_every_text(folder):
    file = folder / "editions" / "2025-04-01.toml"
    hashes = {load_edition(file).sha256}
    for changed in (file, *(file.with_suffix("") / f"{kind}.txt" for kind in ("terms", "fees", "cps"))):
        changed.write_bytes(changed.read_bytes() + b"\n# \n")
        hashes.add(load_edition(file).sha256)
    assert len(hashes) == 5
