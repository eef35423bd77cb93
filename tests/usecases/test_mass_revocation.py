"""A list for mass revocation is found twice, signed by two, and never another than they saw (11.3, 22.1)."""

from datetime import date, timedelta

import pytest
from django.db import connection

from inro.pki.roster import encode_roster
from inro.practice.campaign import CampaignKind, CampaignRefused, CampaignSubject
from inro.practice.duties import SeparationBreached
from inro.practice.mass_revocation import (
    MASS_GROUNDS,
    Criterion,
    LeftOut,
    MassState,
    PlanRefused,
    SelectionStale,
    SelectorsDisagree,
    check_plan,
)
from inro.practice.transitions import ActNotAllowed
from inro.store.decisions_verify import verify_decisions
from inro.store.models import AuditRow, Certificate, Letter, MassRevocation, RevocationCase
from inro.store.numbers import is_number
from inro.store.reads.campaign_certificates import list_sha256
from inro.store.reads.mass_list import untold_count
from inro.store.reads.mass_revocation import mass_revocation
from inro.usecases import mass_notices
from inro.usecases.actor import process
from inro.usecases.campaign import list_revocations
from inro.usecases.decision import OtherMatter
from inro.usecases.expiry import expire_certificates
from inro.usecases.mass_notices import write_mass_notices
from inro.usecases.mass_revocation import (
    drop_mass_revocation,
    plan_discontinuation,
    write_mass_revocation_list,
)
from inro.usecases.mass_selection import agreed_selection
from inro.usecases.queue import queue_differences
from inro.usecases.roster import install_roster
from tests import given, given_mass
from tests.pki import material
from tests.signer.tampering import tamper
from tests.usecases import given_campaigns, given_discontinuation

DAY = timedelta(days=1)
EVERYONE = given_mass.EVERYONE


def serials() -> list[str]:
    rows = Certificate.objects.order_by("serial__serial").values_list("serial__serial", flat=True)
    return [bytes(one).hex() for one in rows]


def kinds(number: str) -> list[str]:
    return list(
        AuditRow.objects.filter(subject=f"mass-revocation/{number}")
        .order_by("seq")
        .values_list("kind", flat=True)
    )


def test_two_officers_sign_the_hash_of_the_sorted_serials_and_each_certificate_gets_its_case(db):
    house = given.office()
    for _ in range(3):
        given.issued(house)
    mass = given_mass.decided(house)
    assert is_number(mass.number)
    assert (mass.count, mass.serials_sha256) == list_sha256(iter(serials()))
    cases = RevocationCase.objects.filter(mass=mass.mass_id)
    assert {(one.state, one.ground, one.examiner, one.decider) for one in cases} == {
        ("decided", given_mass.COMPROMISED, "p-exam", "p-accept")
    }
    assert all(is_number(one.number) for one in cases)
    assert cases.values("certificate").distinct().count() == 3
    assert kinds(mass.number) == [f"revocation.mass_{step}" for step in ("planned", "examined", "decided")]
    assert not list(queue_differences(now=given.NOW))


def test_who_fits_and_is_left_out_is_counted(db):
    house = given.office()
    made = [given.issued(house, now=given.NOW - 400 * DAY), *(given.issued(house) for _ in range(4))]
    expire_certificates(actor=given.SIGNER, now=given.NOW)
    given.revoked(house, made[1])
    given.requested(made[2])
    record = mass_revocation(given_mass.planned())
    assert record.count == 2
    assert record.left_out == {LeftOut.EXPIRED: 1, LeftOut.REVOKED: 1, LeftOut.OWN_CASE: 1}


def test_what_expires_unrecorded_is_left_out_by_both(db):
    given.issued(given.office())
    with pytest.raises(PlanRefused, match="nobody"):
        given_mass.planned(now=given.NOW + 800 * DAY)


@pytest.mark.parametrize(
    ("criterion", "count"),
    [
        (Criterion(issued_from=date(2026, 12, 1)), 1),
        (Criterion(issued_until=date(2026, 11, 30)), 1),
        (Criterion(issued_from=date(2026, 11, 30), issued_until=date(2026, 12, 1)), 2),
        (Criterion(everyone=True, lasts_until=date(2027, 11, 30)), 2),
        (Criterion(everyone=True, lasts_until=date(2027, 12, 1)), 1),
        (Criterion(everyone=True, lasts_until=date(2028, 6, 1)), 0),
    ],
)
def test_days_of_issue_are_japans_and_both_selections_count_them_alike(db, criterion, count):
    """One is issued in the last second of November in Japan, one in the first of December."""
    house, midnight = given.office(), given.NOW.replace(hour=15) - DAY
    given.issued(house, now=midnight - timedelta(seconds=1))
    given.issued(house, now=midnight)
    assert agreed_selection(criterion, at=given.NOW).count == count


@pytest.mark.parametrize(
    "statement",
    [
        # The column says valid, and the list of the revoked holds it; and the other way round.
        "UPDATE store_certificate SET state = 'valid' WHERE state = 'revoked'",
        "UPDATE store_certificate SET state = 'revoked' WHERE state = 'valid'",
        "UPDATE store_certificate SET not_after = '2026-01-01 00:00:00+00:00' WHERE state = 'valid'",
        "UPDATE store_certificate SET state = 'disposed', der = NULL WHERE state = 'valid'",
        "UPDATE store_certificate SET der = convert WHERE state = 'valid'",
    ],
)
def test_records_and_certificates_that_disagree_stop_everything_and_are_on_record(db, statement):
    house = given.office()
    given.revoked(house, given.issued(house))
    given.issued(house)
    blob = "X'00'" if connection.vendor == "sqlite" else "'\\x00'::bytea"
    tamper(statement.replace("convert", blob))
    if "disposed" in statement:
        # Both agree that it is gone: nothing says any more what it was.
        with pytest.raises(PlanRefused, match="nobody"):
            given_mass.planned()
        return
    with pytest.raises(SelectorsDisagree) as found:
        given_mass.planned()
    assert found.value.count == 1
    assert found.value.differences[0].partition(":")[0] in serials()
    row = AuditRow.objects.latest("seq")
    assert row.kind == "revocation.mass_selectors_disagreed"
    assert not MassRevocation.objects.exists()


def test_a_criterion_of_the_card_is_not_believed_without_the_stations_paper(db):
    """The walk of these certificates is signed by no station, so nothing vouches for their cards."""
    given.issued(given.office())
    with pytest.raises(SelectorsDisagree, match="unproved"):
        given_mass.planned(Criterion(card_model="virtual-1"))


@pytest.mark.parametrize(
    ("criterion", "ground", "field"),
    [
        (Criterion(), given_mass.COMPROMISED, "criterion"),
        (Criterion(everyone=True, card_model="x"), given_mass.COMPROMISED, "criterion"),
        (EVERYONE, "21.1(3)/lost", "ground"),
        (EVERYONE, "22.1(10)", "ground"),
        (EVERYONE, "18.7", "ground"),
        (EVERYONE, "22.1(1)", "ground"),
        (EVERYONE, "本人の希望", "ground"),
        (Criterion(card_model="x"), "22.1(5)/compromised", "ground"),
        (Criterion(card_model="x"), "11.3", "ground"),
        (Criterion(card_model="x", lasts_until=date(2027, 1, 1)), "22.1(8)", "lasts_until"),
        (
            Criterion(issued_from=date(2026, 5, 2), issued_until=date(2026, 5, 1)),
            "22.1(8)",
            "issued_until",
        ),
    ],
)
def test_a_plan_that_is_not_whole_is_refused(criterion, ground, field):
    with pytest.raises(PlanRefused) as refused:
        check_plan(criterion=criterion, ground=ground)
    assert refused.value.field == field


def test_every_ground_of_a_list_is_the_cas_own():
    assert {one.invoker.value for one in MASS_GROUNDS.values()} == {"ca"}
    assert "22.1(5)/compromised" in MASS_GROUNDS


def test_a_criterion_is_written_and_read_alike():
    criterion = Criterion(card_model="IDPrime 940", issued_from=date(2026, 4, 1), operator="p-issue")
    assert Criterion.from_record(criterion.as_record()) == criterion


@pytest.mark.parametrize("step", ["examine", "decide"])
def test_a_list_that_is_another_by_now_is_refused(db, step):
    house = given.office()
    given.issued(house)
    number = given_mass.planned()
    if step == "decide":
        given_mass.examine(house, number)
    given.issued(house)
    with pytest.raises(SelectionStale):
        (given_mass.examine if step == "examine" else given_mass.decide)(house, number)
    assert not RevocationCase.objects.exists()
    assert mass_revocation(number).state is (MassState.PLANNED if step == "examine" else MassState.EXAMINED)


def test_a_list_exchanged_for_one_of_the_same_size_is_refused(db):
    house = given.office()
    first = given.issued(house)
    number = given_mass.planned()
    given_mass.examine(house, number)
    given.issued(house)
    given.requested(first)
    with pytest.raises(SelectionStale):
        given_mass.decide(house, number)


def test_one_officer_signs_once(db):
    house = given.office()
    given.issued(house)
    number = given_mass.planned()
    given_mass.examine(house, number, by="p-both")
    with pytest.raises(SeparationBreached):
        given_mass.decide(house, number, by="p-both")
    assert not RevocationCase.objects.exists()


@pytest.mark.parametrize("changes", [{"case": "G26-000009-X"}, {"content": {"count": 1}}])
def test_an_assertion_over_anything_else_is_refused(db, changes):
    house = given.office()
    given.issued(house)
    number = given_mass.planned()
    with pytest.raises(OtherMatter):
        given_mass.examine(house, number, **changes)
    assert mass_revocation(number).state is MassState.PLANNED


def test_a_plan_is_dropped_until_it_is_decided(db):
    house = given.office()
    given.issued(house)
    number = given_mass.planned()
    drop_mass_revocation(number=number, actor=given.ACCEPTOR, now=given.NOW)
    with pytest.raises(ActNotAllowed):
        given_mass.examine(house, number)
    mass = given_mass.decided(house)
    with pytest.raises(ActNotAllowed):
        drop_mass_revocation(number=mass.number, actor=given.ACCEPTOR, now=given.NOW)


def test_what_two_officers_see_of_a_plan_is_never_changed(db):
    given.issued(given.office())
    given_mass.planned()
    with pytest.raises(Exception, match="a written row stays as written"):
        MassRevocation.objects.update(count=2)


def test_a_discontinuation_hands_its_list_over(db):
    house = given.office()
    given.issued(house)
    campaign = given_discontinuation.decided(house)
    given_discontinuation.announced(campaign)
    with pytest.raises(CampaignRefused, match="not-handed-over"):
        plan_discontinuation(campaign=campaign, actor=given.EXAMINER, now=given.NOW)
    listed = list_revocations(number=campaign, actor=given.DESK, now=given.NOW)
    number = plan_discontinuation(campaign=campaign, actor=given.EXAMINER, now=given.NOW)
    record = mass_revocation(number)
    assert (record.count, record.ground) == (listed, "11.3")
    assert record.criterion == Criterion(
        everyone=True, lasts_until=given_discontinuation.LAST_DAY, campaign=campaign
    )


def test_another_campaign_hands_nothing_over(db):
    given.issued(given.office())
    subject = CampaignSubject(kind=CampaignKind.MAINTENANCE, day=date(2027, 3, 31), words="保守")
    campaign = given_campaigns.released(subject)
    with pytest.raises(CampaignRefused, match="none-owed"):
        plan_discontinuation(campaign=campaign, actor=given.EXAMINER, now=given.NOW)


@pytest.mark.parametrize(
    ("attack", "found"),
    [
        ("UPDATE store_massrevocation SET criterion = criterion", 0),
        ("DELETE FROM store_revocationcase WHERE id = (SELECT max(id) FROM store_revocationcase)", 2),
        ("UPDATE store_revocationcase SET state = 'refused'", 2),
        ("UPDATE store_decision SET person = 'p-both' WHERE purpose = 'revocation'", 1),
    ],
)
def test_the_audit_holds_the_cases_against_the_list_that_was_signed(db, attack, found):
    house, key = given.office(), material.public_key_info("roster")
    document = encode_roster(house.officers.roster)
    install_roster(
        document=document,
        signature=material.signer("roster")(document),
        public_key_info=key,
        actor=process("ceremony"),
        now=given.NOW,
    )
    for _ in range(2):
        given.issued(house)
    given_mass.decided(house)
    tamper(attack)
    verdict = verify_decisions(connection.connection, roster_key=key)
    assert len(verdict.findings) == found


def test_every_subscriber_is_written_to_once_and_lot_by_lot(db, monkeypatch):
    monkeypatch.setattr(mass_notices, "LOT", 2)
    house = given.office()
    for _ in range(3):
        given.issued(house)
    mass = given_mass.decided(house)

    def write() -> int:
        return write_mass_notices(number=mass.number, actor=given.DESK, now=given.NOW)

    assert write() == 0
    given_mass.revoked(mass)
    assert untold_count(mass.mass_id) == 3
    assert [write() for _ in range(3)] == [2, 1, 0]
    letters = Letter.objects.filter(kind="revocation")
    assert sorted(one.content["revocation"] for one in letters) == sorted(
        RevocationCase.objects.values_list("number", flat=True)
    )
    assert set(letters.values_list("state", flat=True)) == {"released"}


def test_that_a_list_leaves_is_on_record_first(db):
    given.issued(given.office())
    number = given_mass.planned()
    write_mass_revocation_list(number=number, actor=given.EXAMINER, now=given.NOW)
    assert kinds(number)[-1] == "revocation.mass_list_written"
