"""Which items are asked of whom, and what the answers come to (5.4, 8, 9.1, 12.4, 23, 42.6, 46)."""

from dataclasses import replace

import pytest

from inro.configuration.policy import load_policy
from inro.practice.checklist import (
    ANSWERED_BY_CHECKS,
    NOTHING_EXAMINED,
    REQUIRED,
    Answer,
    Applies,
    Checklist,
    Finding,
    OpenReason,
    Verdict,
    VerdictRefused,
    applies,
    checklist_problems,
    findings_of,
    open_reason,
)
from inro.practice.shown import Shown, shown_address, shown_replacements, shown_texts
from inro.practice.stated import NameChoice
from tests.forms import FORM, SOLE, WHOLE
from tests.given import FINDINGS, POLICY, WITH_PROXY

CHECKLIST = load_policy(POLICY).checklist
NUMBERED = replace(WHOLE, organization=replace(WHOLE.organization, corporate_number="7000012050002"))
MARRIED = replace(SOLE, name_choice=NameChoice.FORMER_SURNAME)
PLAIN = {
    "explanation",
    "applicant_consent",
    "resident_record_issued",
    "name",
    "romaji",
    "birth_date",
    "home_address",
    "individual_number",
    "seal_certificate_issued",
    "applicant_seal",
    "anti_social_forces",
}
COMPANY = {
    "organization_consent",
    "registry_issued",
    "organization",
    "representative",
    "representative_certificate_issued",
    "representative_seal",
}
PROXY = {"proxy_certificate_issued", "proxy_seal", "proxy_address"}
KINDS = {
    "company": (FORM, PLAIN | COMPANY),
    "sole": (SOLE, PLAIN | {"proprietor_seal"}),
    "married": (MARRIED, PLAIN | {"proprietor_seal", "former_surname", "family_register_issued"}),
    "alias": (replace(FORM, name_choice=NameChoice.ALIAS), PLAIN | COMPANY | {"alias"}),
    "authority": (
        replace(FORM, authorities=WHOLE.authorities),
        PLAIN | COMPANY | {"authority_form", "authority"},
    ),
    "proxy": (replace(FORM, proxy=WHOLE.proxy), PLAIN | COMPANY | PROXY),
    "foreign": (replace(FORM, stay_ends=WHOLE.stay_ends), PLAIN | COMPANY | {"stay_period"}),
    "everything": (
        NUMBERED,
        PLAIN | COMPANY | PROXY | {"alias", "authority_form", "authority", "stay_period", "corporate_number"},
    ),
}


def answers(form, **changed: Verdict | None) -> list[Answer]:
    return [Answer(item=one, verdict=changed.get(one.item, Verdict.FIT)) for one in CHECKLIST.of(form)]


@pytest.mark.parametrize(("form", "asked"), KINDS.values(), ids=KINDS)
def test_every_kind_of_form_is_asked_what_the_terms_ask_of_it(form, asked):
    items = [one.item for one in CHECKLIST.of(form)]
    assert set(items) == asked
    assert len(items) == len(asked)


@pytest.mark.parametrize("form", [form for form, _ in KINDS.values()], ids=KINDS)
def test_every_required_item_of_a_form_is_among_those_asked(form):
    due = {name for name, required in REQUIRED.items() if applies(required.applies, form)}
    assert due <= {one.item for one in CHECKLIST.of(form)}


@pytest.mark.parametrize("form", [form for form, _ in KINDS.values()], ids=KINDS)
def test_all_fit_leaves_nothing_open(form):
    found = findings_of(answers(form))
    assert found == (WITH_PROXY if form.proxy else FINDINGS)


FEEDS = {
    "explanation": {"explanation_given": False},
    "applicant_consent": {"applicant_consents": False},
    "organization_consent": {"organization_consents": False},
    "applicant_seal": {"seals_affixed": False},
    "representative_seal": {"seals_affixed": False},
    "proxy_seal": {"seals_affixed": False},
    "home_address": {"address_agrees": False},
    "individual_number": {"individual_number_visible": True},
    "proxy_address": {"proxy_address_agrees": False},
    "name": {},
    "birth_date": {},
    "authority": {},
    "anti_social_forces": {},
}


@pytest.mark.parametrize("verdict", [*Verdict, None])
@pytest.mark.parametrize("item", FEEDS)
def test_an_item_feeds_its_finding_and_is_an_open_point(item, verdict):
    found = findings_of(answers(NUMBERED, **{item: verdict}))
    fit = verdict is Verdict.FIT
    wanted = WITH_PROXY if fit else replace(WITH_PROXY, open_points=1, **FEEDS[item])
    assert found == wanted


def test_no_answer_at_all_finds_nothing_good():
    assert findings_of([]) == NOTHING_EXAMINED
    assert NOTHING_EXAMINED.open_points
    assert NOTHING_EXAMINED.individual_number_visible


def test_every_finding_is_fed():
    fed = {required.finding for required in REQUIRED.values()}
    assert fed == set(Finding)


@pytest.mark.parametrize("applies_to", Applies)
def test_every_kind_of_item_is_asked_of_somebody_and_not_of_everybody(applies_to):
    asked = {applies(applies_to, form) for form, _ in KINDS.values()}
    assert asked == ({True} if applies_to is Applies.ALWAYS else {True, False})


def test_what_the_recorded_checks_answer_nobody_is_asked_again():
    for one in CHECKLIST.items:
        asked = one.item != ANSWERED_BY_CHECKS
        assert one.verdicts == ((Verdict.FIT, Verdict.DEFICIENT, Verdict.HELD) if asked else ())


@pytest.mark.parametrize(
    ("item", "verdict", "reason", "problem"),
    [
        ("name", Verdict.MATCH, "", "not_of_this_item"),
        (ANSWERED_BY_CHECKS, Verdict.FIT, "", "not_of_this_item"),
        ("name", Verdict.DEFICIENT, " 　", "no_reason"),
    ],
)
def test_a_verdict_that_does_not_go_with_its_item_is_refused(item, verdict, reason, problem):
    asked = next(one for one in CHECKLIST.items if one.item == item)
    with pytest.raises(VerdictRefused) as refusal:
        asked.check(verdict, reason)
    assert refusal.value.problem == problem


def test_what_is_open_and_why():
    assert open_reason(None, changed=False) is OpenReason.UNDECIDED
    assert open_reason(Verdict.FIT, changed=True) is OpenReason.CHANGED
    assert open_reason(Verdict.FIT, changed=False) is None
    assert open_reason(Verdict.HELD, changed=False) is OpenReason.HELD
    assert open_reason(Verdict.DEFICIENT, changed=False) is OpenReason.DEFICIENT
    assert open_reason(Verdict.MATCH, changed=False) is OpenReason.MATCH


@pytest.mark.parametrize("name", REQUIRED)
def test_a_checklist_without_a_required_item_is_found(name):
    items = [one for one in CHECKLIST.items if one.item != name]
    assert (name, "missing", REQUIRED[name].clause) in list(checklist_problems(items))


def test_a_required_item_that_is_asked_of_fewer_is_found():
    asked = next(one for one in CHECKLIST.items if one.item == "home_address")
    weak = [replace(one, applies=Applies.PROXY) if one is asked else one for one in CHECKLIST.items]
    assert [(item, clause) for item, _, clause in checklist_problems(weak)] == [("home_address", "8.1")]
    twice = [*CHECKLIST.items, asked]
    assert next(checklist_problems(twice))[1] == "there twice"
    silent = [replace(one, reasons=()) if one is asked else one for one in CHECKLIST.items]
    assert next(checklist_problems(silent))[0] == "home_address"


def test_a_checklist_comes_back_from_its_record():
    assert Checklist.from_record(CHECKLIST.as_record()) == CHECKLIST


def test_the_code_of_an_authority_is_that_of_its_exact_words():
    assert CHECKLIST.code_of("入札に関する一切の権限") == "02"
    assert CHECKLIST.code_of("入札に関する一切の権限。") == ""


def test_what_is_shown_is_what_the_form_states():
    assert shown_texts(NUMBERED, Shown.NAME) == ("高橋　花子", "髙橋　花子")
    assert shown_texts(SOLE, Shown.ORGANIZATION) == ()
    assert shown_texts(NUMBERED, Shown.CORPORATE_NUMBER) == ("7000012050002",)
    assert shown_texts(NUMBERED, Shown.STAY) == ("2029-03-31",)
    assert shown_texts(NUMBERED, Shown.PROXY_NAME) == ("中村　美咲",)
    assert shown_address(NUMBERED, Shown.PROXY_HOME) == NUMBERED.proxy.home.text
    assert shown_address(NUMBERED, Shown.NAME) == ""
    assert [one.original for one in shown_replacements(NUMBERED, Shown.NAME)] == ["髙"]
    assert shown_replacements(NUMBERED, Shown.NAMES) == ()
    for shown in Shown:
        assert shown in {Shown.NOTHING, Shown.PAPER} or shown_texts(NUMBERED, shown)
