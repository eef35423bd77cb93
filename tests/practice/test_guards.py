"""Conditions of acceptance, rejection, issuance, posting, slip and revocation (6.1, 8, 9, 17-22)."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from inro.practice.antisocial import CheckResult, CheckSource, OfficerCheck
from inro.practice.application import TerminationReason
from inro.practice.calendar import jst_date
from inro.practice.call_back import (
    AnswerFacts,
    CallBackFacts,
    OutOfUseFacts,
    check_answer,
    check_call_back,
    check_out_of_use,
)
from inro.practice.certificate import CertificateState
from inro.practice.corporate_number import ConfirmationOutcome, ConfirmedNumber
from inro.practice.delivery import (
    DoubtFacts,
    PostingFacts,
    SlipFacts,
    check_confirming_slip,
    check_doubts,
    check_posting,
    why_parked,
)
from inro.practice.examination import (
    AcceptanceFacts,
    ExaminationFindings,
    IssuanceFacts,
    RejectionFacts,
    TerminationFacts,
    check_acceptance,
    check_issuance,
    check_rejection,
    check_termination,
)
from inro.practice.grounds import GROUNDS, Invoker, Obligation, RevocationForm, ground
from inro.practice.revocation import (
    OriginalFacts,
    RefusalReason,
    RequestFacts,
    RequestNotRefusable,
    RequestWay,
    RevocationFacts,
    RevocationFindings,
    RevocationPaper,
    check_original,
    check_refusal,
    check_request,
    check_revocation,
    original_is_outstanding,
)
from inro.practice.transitions import GuardRefused
from inro.practice.validity import ValidityPeriod

NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)

LOOKED = OfficerCheck(
    person="officer-1",
    source=CheckSource.NEWS_DATABASE,
    result=CheckResult.NO_MATCH,
    checked_at=NOW,
)
FOUND = replace(LOOKED, person="officer-2", result=CheckResult.MATCH)
ACCEPTANCE = AcceptanceFacts(
    examiner="officer-1",
    decider="officer-2",
    open_points=0,
    explanation_given=True,
    seals_affixed=True,
    applicant_consents=True,
    organization_consents=True,
    address_agrees=True,
    individual_number_visible=False,
    antisocial_checks=(LOOKED, replace(LOOKED, person="officer-2")),
)
CONFIRMED = ConfirmedNumber(number="7000012050002", outcome=ConfirmationOutcome.CONFIRMED)
ABSENT = replace(CONFIRMED, outcome=ConfirmationOutcome.NOT_FOUND)
CLOSED = replace(CONFIRMED, outcome=ConfirmationOutcome.CLOSED)
REJECTION = RejectionFacts(
    examiner="officer-1", decider="officer-2", reason="no seal certificate", correction_time_runs=False
)
ISSUANCE = IssuanceFacts(
    examiner="officer-1",
    decider="officer-2",
    issued_at=NOW,
    examination_ended_at=NOW - timedelta(days=1),
    period=ValidityPeriod.FOUR_YEARS_TEN_MONTHS,
)
POSTING = PostingFacts(
    certificate_state=CertificateState.VALID,
    revocation_stands=False,
    packing_checked=True,
    addressee_confirmed=True,
)
CALLED_BACK = CallBackFacts(
    revocation_stands=True,
    is_on_its_way=True,
    posted_on=date(2026, 12, 1),
    asked_on=date(2026, 12, 2),
    today=date(2026, 12, 3),
)
REVOKED_CARD = OutOfUseFacts(was_sent=False, revocation_stands=True, is_revoked=True)
CAME_BACK = OutOfUseFacts(was_sent=True, revocation_stands=False, is_revoked=False)
ANSWERED = AnswerFacts(asked_on=date(2026, 12, 2), answered_on=date(2026, 12, 3), today=date(2026, 12, 3))
SLIP = SlipFacts(name_agrees=True, registered_seal_agrees=True, doubts_open=False)
DOUBTS = DoubtFacts(dispatched_on=date(2026, 12, 1), contacted_on=date(2026, 12, 1), today=date(2026, 12, 1))
APPLICATION = RevocationPaper(
    invoker=Invoker.SUBSCRIBER,
    form=RevocationForm.APPLICATION,
    way=RequestWay.POST,
    name_on_form="旧姓 花子",
)
MERGED = RevocationFindings(municipal_merger=True)
LOST = RevocationFacts(
    ground=ground("21.1(3)/lost"),
    examiner="officer-1",
    decider="officer-2",
    name_in_certificate="旧姓 花子",
    not_after=NOW + timedelta(days=300),
    now=NOW,
    paper=APPLICATION,
    findings=RevocationFindings(),
)
NO_SLIP = replace(LOST, ground=ground("18.7"), paper=None, receipt_period_over=True)
FAX = replace(APPLICATION, way=RequestWay.FAX, urgent=True, unavoidable=True)
REQUEST = replace(APPLICATION, invoker=Invoker.ORGANIZATION, form=RevocationForm.REQUEST)


@pytest.mark.parametrize(
    ("check", "facts"),
    [
        (check_acceptance, ACCEPTANCE),
        (check_acceptance, replace(ACCEPTANCE, proxy_address_agrees=True)),
        (check_acceptance, replace(ACCEPTANCE, looked_up=ABSENT)),
        (check_acceptance, replace(ACCEPTANCE, looked_up=CONFIRMED)),
        (check_acceptance, replace(ACCEPTANCE, looked_up=CONFIRMED, certified_number=CONFIRMED.number)),
        (check_rejection, REJECTION),
        (check_issuance, ISSUANCE),
        (check_posting, POSTING),
        (check_call_back, CALLED_BACK),
        (check_answer, ANSWERED),
        (check_out_of_use, REVOKED_CARD),
        (check_out_of_use, CAME_BACK),
        (check_confirming_slip, SLIP),
        (check_doubts, DOUBTS),
        (check_revocation, LOST),
        (check_revocation, NO_SLIP),
        (check_revocation, replace(NO_SLIP, ground=ground("22.1(6)"), receipt_period_over=False)),
        (check_revocation, replace(LOST, paper=FAX)),
        (check_revocation, replace(LOST, ground=ground("22.1(10)"), paper=REQUEST)),
        (check_revocation, replace(LOST, ground=ground("21.1(2)"))),
        (check_revocation, replace(LOST, findings=MERGED)),
        (check_revocation, replace(LOST, now=LOST.not_after)),
    ],
)
def test_what_fulfils_every_condition_is_let_through(check, facts):
    check(facts)


REFUSED = [
    (check_acceptance, replace(ACCEPTANCE, decider="officer-1"), "another_person_decides", "9.1"),
    (check_acceptance, replace(ACCEPTANCE, examiner=""), "another_person_decides", "9.1"),
    (check_acceptance, replace(ACCEPTANCE, decider=""), "another_person_decides", "9.1"),
    (check_acceptance, replace(ACCEPTANCE, open_points=1), "nothing_is_open", "9.1"),
    (check_acceptance, replace(ACCEPTANCE, explanation_given=False), "explanation_is_recorded", "42.6"),
    (check_acceptance, replace(ACCEPTANCE, seals_affixed=False), "form_is_sealed", "8.1"),
    (check_acceptance, replace(ACCEPTANCE, address_agrees=False), "address_agrees", "8.1"),
    (check_acceptance, replace(ACCEPTANCE, applicant_consents=False), "applicant_consents", "8.2"),
    (check_acceptance, replace(ACCEPTANCE, looked_up=CLOSED), "organization_is_not_closed", "8.2"),
    (
        check_acceptance,
        replace(ACCEPTANCE, looked_up=CLOSED, certified_number=CLOSED.number),
        "organization_is_not_closed",
        "8.2",
    ),
    *(
        (
            check_acceptance,
            replace(ACCEPTANCE, certified_number="7000012050002", looked_up=looked_up),
            "corporate_number_is_confirmed",
            "8.2",
        )
        for looked_up in (None, ABSENT, replace(CONFIRMED, number="1" * 13))
    ),
    (
        check_acceptance,
        replace(ACCEPTANCE, individual_number_visible=True),
        "no_individual_number_shows",
        "8.5",
    ),
    (check_acceptance, replace(ACCEPTANCE, organization_consents=False), "organization_consents", "8.6"),
    (check_acceptance, replace(ACCEPTANCE, proxy_address_agrees=False), "proxy_address_agrees", "23"),
    *(
        (check_acceptance, replace(ACCEPTANCE, antisocial_checks=checks), guard, "46")
        for checks, guard in (
            ((), "both_have_checked"),
            ((LOOKED,), "both_have_checked"),
            ((LOOKED, FOUND), "no_match_is_found"),
            ((replace(FOUND, person="officer-3"), *ACCEPTANCE.antisocial_checks), "no_match_is_found"),
        )
    ),
    (check_rejection, replace(REJECTION, decider="officer-1"), "another_person_decides", "9.2"),
    (check_rejection, replace(REJECTION, reason=" "), "reason_is_given", "9.2"),
    (check_rejection, replace(REJECTION, correction_time_runs=True), "correction_time_is_over", "9.2"),
    (check_issuance, replace(ISSUANCE, decider="officer-1"), "another_person_decides", "9.1"),
    (
        check_issuance,
        replace(ISSUANCE, issued_at=NOW + timedelta(days=62)),
        "five_years_are_kept",
        "6.1",
    ),
    (
        check_posting,
        replace(POSTING, certificate_state=CertificateState.REVOKED),
        "certificate_is_valid",
        "17.4",
    ),
    (check_posting, replace(POSTING, revocation_stands=True), "no_revocation_stands", "22.1"),
    *(
        (check_call_back, replace(CALLED_BACK, **fact), guard, clause)
        for fact, guard, clause in (
            ({"revocation_stands": False}, "a_revocation_stands", "22.1"),
            ({"is_on_its_way": False}, "parcel_is_on_its_way", "17.4"),
            ({"asked_on": date(2026, 11, 30)}, "asked_after_posting", "17.4"),
            ({"asked_on": date(2026, 12, 4)}, "asking_has_happened", "17.4"),
        )
    ),
    (
        check_answer,
        replace(ANSWERED, answered_on=date(2026, 12, 1)),
        "answered_after_asking",
        "17.4",
    ),
    (check_answer, replace(ANSWERED, answered_on=date(2026, 12, 4)), "answer_has_happened", "17.4"),
    *(
        (check_out_of_use, facts, "nobody_may_be_sent_the_card", "22.1")
        for facts in (
            replace(REVOKED_CARD, is_revoked=False),
            replace(CAME_BACK, was_sent=False),
            replace(CAME_BACK, revocation_stands=True),
        )
    ),
    (check_posting, replace(POSTING, packing_checked=False), "packing_is_checked", "17.4"),
    (check_posting, replace(POSTING, addressee_confirmed=False), "addressee_is_confirmed", "17.4"),
    (check_confirming_slip, replace(SLIP, doubts_open=True), "no_doubts_are_open", "18.5"),
    (check_confirming_slip, replace(SLIP, name_agrees=False), "name_agrees", "18.4"),
    (
        check_confirming_slip,
        replace(SLIP, registered_seal_agrees=False),
        "registered_seal_agrees",
        "18.4",
    ),
    (
        check_doubts,
        replace(DOUBTS, dispatched_on=date(2026, 12, 2)),
        "contact_follows_the_dispatch",
        "18.5",
    ),
    (check_doubts, replace(DOUBTS, today=date(2026, 11, 30)), "contact_has_happened", "18.5"),
    (check_revocation, replace(LOST, decider="officer-1"), "another_person_decides", "22.1"),
    (
        check_revocation,
        replace(LOST, now=LOST.not_after + timedelta(seconds=1)),
        "certificate_has_not_expired",
        "6.1",
    ),
    (check_revocation, replace(LOST, paper=None), "invoker_may_bring_this_ground", "21.1"),
    (check_revocation, replace(LOST, paper=REQUEST), "invoker_may_bring_this_ground", "21.1"),
    (check_revocation, replace(NO_SLIP, paper=APPLICATION), "invoker_may_bring_this_ground", "21.1"),
    (
        check_revocation,
        replace(LOST, paper=replace(APPLICATION, form=RevocationForm.REQUEST)),
        "form_is_the_prescribed_one",
        "21.2",
    ),
    (
        check_revocation,
        replace(LOST, paper=replace(FAX, urgent=False)),
        "fax_was_urgent_and_unavoidable",
        "21.2",
    ),
    (
        check_revocation,
        replace(LOST, paper=replace(FAX, unavoidable=False)),
        "fax_was_urgent_and_unavoidable",
        "21.2",
    ),
    (
        check_revocation,
        replace(LOST, findings=RevocationFindings(authentic=False)),
        "paper_is_authentic",
        "22.1",
    ),
    (
        check_revocation,
        replace(LOST, findings=RevocationFindings(complete=False)),
        "paper_is_complete",
        "21.2",
    ),
    (
        check_revocation,
        replace(NO_SLIP, findings=RevocationFindings(established=False)),
        "ground_is_established",
        "22.1",
    ),
    (
        check_revocation,
        replace(LOST, paper=replace(APPLICATION, name_on_form="現姓 花子")),
        "name_is_the_certificates",
        "21.2",
    ),
    (check_revocation, replace(NO_SLIP, receipt_period_over=False), "receipt_period_is_over", "18.7"),
    (
        check_revocation,
        replace(NO_SLIP, ground=ground("22.1(1)"), receipt_period_over=False),
        "receipt_period_is_over",
        "18.7",
    ),
    (
        check_revocation,
        replace(LOST, ground=ground("21.1(2)"), findings=MERGED),
        "change_is_not_a_municipal_merger",
        "21.1(2)",
    ),
]


@pytest.mark.parametrize(("check", "facts", "guard", "clause"), REFUSED)
def test_what_lacks_a_condition_is_refused_by_its_name(check, facts, guard, clause):
    with pytest.raises(GuardRefused) as refusal:
        check(facts)
    assert (refusal.value.guard, refusal.value.clause) == (guard, clause)


@pytest.mark.parametrize("lacking", ["doubts_open", "name_agrees", "registered_seal_agrees"])
def test_a_slip_is_parked_for_what_check_would_refuse(lacking):
    assert why_parked(SLIP) is None
    facts = replace(SLIP, **{lacking: not getattr(SLIP, lacking)})
    with pytest.raises(GuardRefused) as refusal:
        check_confirming_slip(facts)
    assert why_parked(facts) == refusal.value.guard


def test_the_second_person_has_no_switch():
    for facts in (ACCEPTANCE, REJECTION, ISSUANCE, LOST):
        names = {item.name for item in fields(facts)}
        assert {"examiner", "decider"} <= names
        assert not {name for name in names if "eyes" in name or "four" in name or "single" in name}


OF_A_REQUEST = [reason for reason in RefusalReason if reason is not RefusalReason.SLIP_NOT_OVERDUE]


@pytest.mark.parametrize("reason", OF_A_REQUEST)
@pytest.mark.parametrize("id_", GROUNDS)
def test_a_mandatory_ground_is_refused_for_authenticity_or_form_alone(id_, reason):
    item = ground(id_)
    refusable = item.obligation is Obligation.POWER or (
        item.invoker is not Invoker.CA and reason is not RefusalReason.OTHER
    )
    if refusable:
        check_refusal(ground=item, reason=reason)
        return
    with pytest.raises(RequestNotRefusable) as refusal:
        check_refusal(ground=item, reason=reason)
    assert refusal.value.data == {"ground": id_, "reason": reason.value}


@pytest.mark.parametrize("over", [False, True])
@pytest.mark.parametrize("id_", GROUNDS)
def test_a_wait_that_is_not_over_lets_go_of_its_own_grounds_alone(id_, over):
    item, reason = ground(id_), RefusalReason.SLIP_NOT_OVERDUE
    if item.clause in {"18.7", "22.1(1)"} and not over:
        check_refusal(ground=item, reason=reason, receipt_period_over=over)
        return
    with pytest.raises(RequestNotRefusable):
        check_refusal(ground=item, reason=reason, receipt_period_over=over)


FOLLOWS = OriginalFacts(
    paper=FAX,
    arrived_before_on=None,
    requested_on=date(2026, 12, 1),
    arrives_on=date(2026, 12, 1),
    today=date(2026, 12, 1),
)


def test_after_a_fax_the_form_itself_must_follow():
    assert original_is_outstanding(FOLLOWS)
    check_original(FOLLOWS)


@pytest.mark.parametrize(
    ("facts", "guard"),
    [
        (replace(FOLLOWS, paper=APPLICATION), "original_is_outstanding"),
        (replace(FOLLOWS, paper=None), "original_is_outstanding"),
        (replace(FOLLOWS, arrived_before_on=date(2026, 12, 8)), "original_is_outstanding"),
        (replace(FOLLOWS, arrives_on=date(2026, 12, 2)), "arrival_has_happened"),
        (replace(FOLLOWS, arrives_on=date(2026, 11, 30)), "original_follows_the_fax"),
    ],
)
def test_a_form_that_follows_no_fax_is_none(facts, guard):
    with pytest.raises(GuardRefused) as refusal:
        check_original(facts)
    assert (refusal.value.guard, refusal.value.clause) == (guard, "21.2")


ASKED = RequestFacts(ground=LOST.ground, not_after=LOST.not_after, now=NOW, paper=APPLICATION)


def test_what_is_asked_rightly_opens_a_case():
    check_request(ASKED)
    check_request(replace(ASKED, paper=FAX))
    check_request(replace(ASKED, ground=ground("18.7"), paper=None))
    check_request(replace(ASKED, now=ASKED.not_after))


@pytest.mark.parametrize(
    ("facts", "guard"),
    [
        (replace(ASKED, paper=None), "invoker_may_bring_this_ground"),
        (replace(ASKED, paper=REQUEST), "invoker_may_bring_this_ground"),
        (
            replace(ASKED, paper=replace(APPLICATION, form=RevocationForm.REQUEST)),
            "form_is_the_prescribed_one",
        ),
        (replace(ASKED, paper=replace(FAX, urgent=False)), "fax_was_urgent_and_unavoidable"),
        (replace(ASKED, now=ASKED.not_after + timedelta(seconds=1)), "certificate_has_not_expired"),
    ],
)
def test_a_late_request_or_a_paper_of_the_wrong_person_form_or_way_opens_no_case(facts, guard):
    with pytest.raises(GuardRefused) as refusal:
        check_request(facts)
    assert refusal.value.guard == guard


@pytest.mark.parametrize("value", [APPLICATION, FAX, REQUEST, MERGED])
def test_papers_and_findings_survive_as_records(value):
    assert type(value).from_record(value.as_record()) == value


def test_what_examination_found_survives_as_a_record():
    found = ExaminationFindings(
        **{item.name: getattr(ACCEPTANCE, item.name) for item in fields(ExaminationFindings)}
    )
    assert ExaminationFindings.from_record(found.as_record()) == found
    assert ACCEPTANCE.as_record() == found.as_record()


@pytest.mark.parametrize("days", [0, 30, 31])
@pytest.mark.parametrize("reason", TerminationReason)
def test_five_years_and_the_end_of_the_service_end_an_application_only_once_they_are_over(reason, days):
    facts = TerminationFacts(
        reason=reason,
        now=NOW + timedelta(days=days),
        examination_ended_at=ISSUANCE.examination_ended_at,
        period=ISSUANCE.period,
        last_day=jst_date(NOW + timedelta(days=31)),
        card_is_being_made=False,
    )
    with pytest.raises(GuardRefused, match="no_card_is_being_made"):
        check_termination(replace(facts, card_is_being_made=True))
    if days == 31 or reason in {TerminationReason.ANTI_SOCIAL_FORCES, TerminationReason.DEATH}:
        check_termination(facts)
        return
    with pytest.raises(GuardRefused):
        check_termination(facts)


def test_every_reason_to_end_an_accepted_application_has_its_clause():
    assert [reason.clause for reason in TerminationReason] == ["46", "22.1(13)", "6.1", "11"]
