"""Verdicts by compare-and-set, and what the examination comes to (5.4, 8, 9.1, 9.2, 40(4), 46)."""

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from inro.practice.antisocial import CheckResult
from inro.practice.checklist import OpenReason, Verdict, VerdictRefused
from inro.practice.content import Authority
from inro.practice.enclosures import PaperKind
from inro.practice.events import EventKind
from inro.practice.intake import EnclosedPaper, NumberInText
from inro.practice.transitions import ActNotAllowed
from inro.store.corporate_register import exchange_register, fresh_register
from inro.store.errors import Conflict, Unknown
from inro.store.models import AuditRow, ItemVerdict, ShownChecklist
from inro.store.reads.examination import (
    certified_content,
    examination_queue,
    examination_result,
    examined_items,
)
from inro.usecases.actor import DutyMissing
from inro.usecases.application import find, find_deficient, record_resubmission
from inro.usecases.checklist import record_verdict
from inro.usecases.corporate_register import LoadedRegister, confirm_corporate_number
from inro.usecases.retention import dispose_application
from tests import given, published
from tests.forms import AUTHORITY, FORM, SOLE, WHOLE
from tests.given import TERMS
from tests.usecases import given_intake
from tests.usecases.given_checklist import CHECKLIST, examining, item_of, judge, judge_all

pytestmark = pytest.mark.django_db


def numbered(number: str):
    return replace(FORM, organization=replace(FORM.organization, corporate_number=number))


def load_register() -> None:
    with fresh_register(published.register()) as rows:
        exchange_register(published_on=published.MADE_ON, sha256="12" * 32, rows=rows, now=given.NOW)


def confirm(application, form) -> None:
    confirm_corporate_number(
        application=application,
        number=form.organization.corporate_number,
        name=form.organization.name,
        register=LoadedRegister(),
        actor=given.EXAMINER,
        now=given.NOW,
    )


def points() -> list[dict]:
    rows = AuditRow.objects.filter(kind=EventKind.EXAMINATION_POINT_RECORDED).order_by("seq")
    return [json.loads(row.details) for row in rows]


def test_a_verdict_is_one_row_and_each_change_of_it_one_audit_row():
    application = examining(SOLE)
    assert judge(application, "name") == 1
    assert judge(application, "name", Verdict.DEFICIENT, reason=" 氏名が異なります ") == 2
    row = ItemVerdict.objects.get()
    assert (row.verdict, row.reason, row.version, row.person) == (
        "deficient",
        "氏名が異なります",
        2,
        "p-exam",
    )
    first, second = points()
    assert (first["verdict"], second["verdict"], second["version"]) == ("fit", "deficient", 2)
    assert second["reason_sha256"] == hashlib.sha256("氏名が異なります".encode()).hexdigest()
    assert first["shown_sha256"] == item_of(application, "name").shown_sha256
    assert first["checklist_sha256"] == ShownChecklist.objects.get().sha256
    assert "氏名" not in "".join(AuditRow.objects.values_list("details", flat=True))


def test_a_stale_page_is_told_and_changes_nothing():
    application = examining(SOLE)
    judge(application, "name")
    judge(application, "name", Verdict.HELD)
    before = AuditRow.objects.count()
    for version in (0, 1, 3):
        with pytest.raises(Conflict):
            judge(application, "name", version=version)
    with pytest.raises(Conflict):
        judge(application, "romaji", version=1)
    assert item_of(application, "name").verdict is Verdict.HELD
    assert AuditRow.objects.count() == before


def test_what_was_shown_must_still_be_so():
    application = examining(SOLE)
    with pytest.raises(Conflict):
        judge(application, "name", shown_sha256="ab" * 32)
    assert not ItemVerdict.objects.exists()


@pytest.mark.parametrize(
    ("verdict", "changes", "problem"),
    [
        (Verdict.DEFICIENT, {}, "no_reason"),
        (Verdict.MATCH, {}, "not_of_this_item"),
        (Verdict.DEFICIENT, {"reason": "長" * 401}, "reason_too_long"),
        (Verdict.FIT, {"read": "長" * 301}, "read_too_long"),
    ],
)
def test_a_verdict_that_says_nothing_is_refused(verdict, changes, problem):
    application = examining(SOLE)
    with pytest.raises(VerdictRefused) as refusal:
        judge(application, "name", verdict, **changes)
    assert refusal.value.problem == problem
    assert not points()


@pytest.mark.parametrize("field", ["reason", "read"])
def test_an_individual_number_is_kept_nowhere(field):
    application = examining(SOLE)
    with pytest.raises(NumberInText):
        judge(application, "home_address", Verdict.DEFICIENT, **{"reason": "理由", field: "1234 5678 9018"})
    assert not ItemVerdict.objects.exists()


def test_only_an_examining_officer_judges_and_only_while_it_is_examined():
    application = examining(SOLE)
    with pytest.raises(DutyMissing):
        judge(application, "name", actor=given.ACCEPTOR)
    find_deficient(
        application=application, points=1, points_sha256="ab" * 32, actor=given.EXAMINER, now=given.NOW
    )
    with pytest.raises(ActNotAllowed):
        judge(application, "name")


def test_an_item_of_another_kind_of_form_is_unknown():
    application = examining(SOLE)
    asked = {"verdict": Verdict.FIT, "version": 0, "checklist": CHECKLIST, "actor": given.EXAMINER}
    with pytest.raises(Unknown):
        record_verdict(
            application=application,
            item="representative_seal",
            shown_sha256=item_of(application, "name").shown_sha256,
            now=given.NOW,
            **asked,
        )


@pytest.mark.parametrize("form", [FORM, SOLE, WHOLE], ids=["company", "sole", "whole"])
def test_all_fit_can_be_concluded_with_the_content_of_the_form(form):
    application = examining(form)
    judge_all(application)
    result = examination_result(application)
    assert result.open_items == ()
    assert result.findings == (given.WITH_PROXY if form.proxy else given.FINDINGS)
    assert result.content == form.content(subscriber_id=f"S{find(application).number[1:-2].replace('-', '')}")
    assert [one.verdict for one in result.items] == [Verdict.FIT] * len(result.items)


def test_before_the_first_verdict_everything_is_open():
    result = examination_result(examining(SOLE))
    assert [one.reason for one in result.open_items] == [OpenReason.UNDECIDED]
    assert result.findings.open_points
    assert result.items == ()


def test_open_items_come_in_order_with_why():
    application = examining(SOLE)
    judge_all(application, checked=CheckResult.MATCH, name=Verdict.HELD, home_address=Verdict.DEFICIENT)
    result = examination_result(application)
    assert [(one.item, one.reason, one.clause) for one in result.open_items] == [
        ("name", OpenReason.HELD, "8.2"),
        ("home_address", OpenReason.DEFICIENT, "8.1"),
        ("anti_social_forces", OpenReason.MATCH, "46"),
    ]
    assert not result.findings.address_agrees
    assert result.findings.open_points == 3
    assert next(one for one in result.items if one.item == "home_address").reason == "理由"


def test_a_corrected_statement_is_judged_again_and_nothing_else():
    application = examining(SOLE)
    judge_all(application, home_address=Verdict.DEFICIENT)
    find_deficient(
        application=application, points=1, points_sha256="ab" * 32, actor=given.EXAMINER, now=given.NOW
    )
    corrected = replace(SOLE, home=replace(SOLE.home, building="見本荘２"))
    record_resubmission(application=application, form=corrected, actor=given.EXAMINER, now=given.NOW)
    result = examination_result(application)
    assert [(one.item, one.reason) for one in result.open_items] == [("home_address", OpenReason.CHANGED)]
    assert not result.findings.address_agrees
    judge(application, "home_address", read="東京都架空区見本町１－２－３　見本荘２")
    assert examination_result(application).open_items == ()


def test_a_paper_that_came_too_old_is_never_found_fit_until_a_good_one_comes():
    application = examining(SOLE)
    envelope = given_intake.envelope()
    old = given_intake.record_paper(issued_on=date(2026, 8, 1))
    given_intake.enclosed(envelope, application, old)
    with pytest.raises(VerdictRefused) as refusal:
        judge(application, "resident_record_issued")
    assert refusal.value.problem == "paper_faulty"
    judge(application, "resident_record_issued", Verdict.DEFICIENT, reason="古い")
    given_intake.enclosed(envelope, application, given_intake.record_paper())
    assert item_of(application, "resident_record_issued").open is OpenReason.CHANGED
    judge(application, "resident_record_issued")
    copy = EnclosedPaper(
        kind=PaperKind.SEAL_CERTIFICATE,
        pages=1,
        original=False,
        issuer="架空市長",
        issued_on=date(2026, 11, 1),
    )
    given_intake.enclosed(envelope, application, copy)
    assert item_of(application, "seal_certificate_issued").stop is OpenReason.PAPER_FAULTY


def test_a_corporate_number_is_looked_up_before_it_is_found_fit():
    load_register()
    form = numbered(published.NUMBER)
    application = examining(form)
    with pytest.raises(VerdictRefused) as refusal:
        judge(application, "corporate_number")
    assert refusal.value.problem == "number_not_looked_up"
    confirm(application, form)
    judge_all(application)
    result = examination_result(application)
    assert result.open_items == ()
    assert result.content.organization.corporate_number == published.NUMBER
    assert result.content.organization.name == published.NAME


def test_a_closed_organization_stops_the_case():
    load_register()
    form = numbered(published.CLOSED)
    application = examining(form)
    confirm(application, form)
    with pytest.raises(VerdictRefused) as refusal:
        judge(application, "corporate_number")
    assert refusal.value.problem == "organization_closed"
    assert item_of(application, "corporate_number").open is OpenReason.ORGANIZATION_CLOSED


@pytest.mark.parametrize(
    "authority",
    [
        replace(AUTHORITY, principal="部長　見本　次郎"),
        replace(AUTHORITY, ends_on=date(2040, 1, 1)),
    ],
)
def test_an_authority_against_the_rules_is_never_found_fit(authority: Authority):
    application = examining(replace(FORM, authorities=(authority,)))
    with pytest.raises(VerdictRefused) as refusal:
        judge(application, "authority")
    assert refusal.value.problem == "authority_refused"


def test_the_subscribers_id_is_that_of_the_first_application():
    first = examining(SOLE)
    second = examining(SOLE)
    type(find(second)).objects.filter(pk=second).update(predecessor_id=first)
    assert certified_content(second).subscriber_id == certified_content(first).subscriber_id
    assert certified_content(first).subscriber_id.startswith("S26")


def test_the_queue_is_of_what_is_received_and_examined():
    first, second = examining(SOLE), examining(FORM)
    given.drafted()
    find_deficient(application=first, points=1, points_sha256="ab" * 32, actor=given.EXAMINER, now=given.NOW)
    assert examination_queue() == (find(second).number,)


def test_disposal_empties_what_was_read_and_why():
    application = examining(SOLE)
    judge(application, "home_address", Verdict.DEFICIENT, reason="建物名がない", read="架空市１")
    given.withdraw(application)
    later = given.NOW + timedelta(days=366 * 18)
    dispose_application(application=application, terms=TERMS, actor=given.person("p-accept"), now=later)
    row = ItemVerdict.objects.get()
    assert (row.reason, row.read, row.verdict) == ("", "", "deficient")
    with pytest.raises(Unknown):
        examined_items(application, CHECKLIST)
