"""Conditions of acceptance, rejection, issuance, posting, slip and revocation (6.1, 8, 9, 17-22)."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from inro.practice.certificate import CertificateState
from inro.practice.delivery import (
    PostingFacts,
    SlipFacts,
    check_confirming_slip,
    check_posting,
)
from inro.practice.examination import (
    AcceptanceFacts,
    IssuanceFacts,
    RejectionFacts,
    check_acceptance,
    check_issuance,
    check_rejection,
)
from inro.practice.grounds import GROUNDS, Invoker, Obligation, RevocationForm, ground
from inro.practice.revocation import (
    RefusalReason,
    RequestNotRefusable,
    RequestWay,
    RevocationFacts,
    RevocationPaper,
    check_refusal,
    check_revocation,
    original_is_outstanding,
)
from inro.practice.transitions import GuardRefused
from inro.practice.validity import ValidityPeriod

NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)

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
)
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
    certificate_state=CertificateState.VALID, packing_checked=True, addressee_confirmed=True
)
SLIP = SlipFacts(name_agrees=True, registered_seal_agrees=True, doubts_open=False)
APPLICATION = RevocationPaper(
    invoker=Invoker.SUBSCRIBER,
    form=RevocationForm.APPLICATION,
    way=RequestWay.POST,
    arrived_on=date(2026, 11, 30),
    name_on_form="旧姓 花子",
    authentic=True,
)
LOST = RevocationFacts(
    ground=ground("21.1(3)/lost"),
    examiner="officer-1",
    decider="officer-2",
    name_in_certificate="旧姓 花子",
    not_after=NOW + timedelta(days=300),
    now=NOW,
    paper=APPLICATION,
)
NO_SLIP = replace(LOST, ground=ground("18.7"), paper=None, receipt_period_over=True)
FAX = replace(APPLICATION, way=RequestWay.FAX, urgent=True, unavoidable=True)
REQUEST = replace(APPLICATION, invoker=Invoker.ORGANIZATION, form=RevocationForm.REQUEST)


@pytest.mark.parametrize(
    ("check", "facts"),
    [
        (check_acceptance, ACCEPTANCE),
        (check_rejection, REJECTION),
        (check_issuance, ISSUANCE),
        (check_posting, POSTING),
        (check_confirming_slip, SLIP),
        (check_revocation, LOST),
        (check_revocation, NO_SLIP),
        (check_revocation, replace(NO_SLIP, ground=ground("22.1(6)"), receipt_period_over=False)),
        (check_revocation, replace(LOST, paper=FAX)),
        (check_revocation, replace(LOST, ground=ground("22.1(10)"), paper=REQUEST)),
        (check_revocation, replace(LOST, ground=ground("21.1(2)"))),
        (check_revocation, replace(LOST, municipal_merger=True)),
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
    (
        check_acceptance,
        replace(ACCEPTANCE, individual_number_visible=True),
        "no_individual_number_shows",
        "8.5",
    ),
    (check_acceptance, replace(ACCEPTANCE, organization_consents=False), "organization_consents", "8.6"),
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
        replace(LOST, paper=replace(APPLICATION, authentic=False)),
        "paper_is_authentic",
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
        replace(LOST, ground=ground("21.1(2)"), municipal_merger=True),
        "change_is_not_a_municipal_merger",
        "21.1(2)",
    ),
]


@pytest.mark.parametrize(("check", "facts", "guard", "clause"), REFUSED)
def test_what_lacks_a_condition_is_refused_by_its_name(check, facts, guard, clause):
    with pytest.raises(GuardRefused) as refusal:
        check(facts)
    assert (refusal.value.guard, refusal.value.clause) == (guard, clause)


def test_the_second_person_has_no_switch():
    for facts in (ACCEPTANCE, REJECTION, ISSUANCE, LOST):
        names = {item.name for item in fields(facts)}
        assert {"examiner", "decider"} <= names
        assert not {name for name in names if "eyes" in name or "four" in name or "single" in name}


@pytest.mark.parametrize("reason", RefusalReason)
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


@pytest.mark.parametrize(
    ("paper", "outstanding"),
    [
        (APPLICATION, False),
        (FAX, True),
        (replace(FAX, original_arrived_on=date(2026, 12, 8)), False),
    ],
)
def test_after_a_fax_the_form_itself_must_follow(paper, outstanding):
    assert original_is_outstanding(paper) is outstanding
