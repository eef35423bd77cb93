"""The register of Corporate Numbers: loaded whole or not at all; what it decides for an application (8.2)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from inro.japanese.number_publication import PublishedEntry, RowFault, RowRefused
from inro.japanese.organization_name import NameSource, NameVerdict
from inro.ports.errors import CorporateRegisterUnavailable
from inro.practice.application import ApplicationState
from inro.practice.approval import TO_ISSUE, Purpose, certification
from inro.practice.content import CertifiedContent
from inro.practice.corporate_number import ConfirmationMethod, ConfirmationOutcome
from inro.practice.duties import Duty
from inro.practice.transitions import ActNotAllowed, GuardRefused
from inro.practice.validity import ValidityPeriod
from inro.store.audit import chain_end
from inro.store.errors import Conflict
from inro.store.models import AuditRow, CorporateNumberConfirmation, IssuanceOrder
from inro.store.reads.corporate_register import (
    certified_name,
    confirmation_of,
    published_by_name,
    published_entries,
    register_record,
    with_confirmed_number,
)
from inro.usecases.actor import Actor, DutyMissing
from inro.usecases.application import find
from inro.usecases.corporate_register import (
    CorporateNumberRefused,
    LoadedRegister,
    RegisterFileRefused,
    confirm_corporate_number,
    load_corporate_register,
)
from inro.usecases.decision import latest_approvals
from inro.usecases.examination import accept_application, conclude_examination
from inro.usecases.retention import dispose_application
from tests import given, published

OPERATOR = Actor(name="operator-1", duties=frozenset({Duty.SYSTEM_ADMINISTRATION}))
SHA256 = "12" * 32
ALL = [published.NUMBER, published.OTHER, published.CLOSED, published.SUCCESSOR]


def load(entries=None, **changes):
    arguments = {
        "entries": published.register() if entries is None else entries,
        "published_on": published.MADE_ON,
        "sha256": SHA256,
        "actor": OPERATOR,
        "now": given.NOW,
    }
    return load_corporate_register(**arguments | changes)


def confirm(application, number=published.NUMBER, name=published.NAME, **changes):
    arguments = {"register": LoadedRegister(), "actor": given.EXAMINER, "now": given.NOW}
    return confirm_corporate_number(application=application, number=number, name=name, **arguments | changes)


@pytest.fixture
def house(db):
    return given.office()


@pytest.fixture
def loaded(house):
    load()
    return house


def content(number: str | None, name: str = published.NAME) -> CertifiedContent:
    organization = given.CONTENT.organization
    return replace(given.CONTENT, organization=replace(organization, corporate_number=number, name=name))


def approval(house, application, purpose, by, certified):
    row = find(application)
    before = latest_approvals(application=application, purposes=TO_ISSUE[: TO_ISSUE.index(purpose)])
    return house.approve(
        by,
        given.approval_content(
            house,
            purpose=purpose,
            case=row.number,
            content=certification(
                content=certified, period=ValidityPeriod(row.period), findings=given.FINDINGS
            ),
            after=before[-1] if before else None,
            now=given.NOW,
        ),
    )


def conclude(house, application, certified) -> None:
    conclude_examination(
        application=application,
        content=certified,
        findings=given.FINDINGS,
        approval=approval(house, application, Purpose.EXAMINATION, "p-exam", certified),
        officers=house.officers,
        actor=given.EXAMINER,
        now=given.NOW,
    )


def accept(house, application, certified):
    accept_application(
        application=application,
        approval=approval(house, application, Purpose.ACCEPTANCE, "p-accept", certified),
        officers=house.officers,
        actor=given.ACCEPTOR,
        now=given.NOW,
    )
    return given.ordered(house, application)


def tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if "publishedcorporation" in name}


def test_a_loaded_file_is_found_by_number_and_recorded(house):
    record = load()
    assert (record.rows, record.sha256, record.published_on) == (4, SHA256, published.MADE_ON)
    assert register_record() == record
    assert published_entries(ALL) == {entry.number: entry for entry in published.register()}
    assert published_entries([]) == {}
    row = AuditRow.objects.get()
    assert (row.kind, row.actor) == ("house.corporate_register_loaded", "operator-1")
    assert SHA256 in row.details
    assert tables() == {"store_publishedcorporation"}


def test_a_name_is_found_in_any_width_and_short_form(loaded):
    assert [entry.number for entry in published_by_name("㈱髙邉", most=5)] == [published.OTHER]
    assert [entry.number for entry in published_by_name("印籠　商事", most=5)] == [published.NUMBER]
    assert published_by_name("株式会社", most=1)
    assert published_by_name("見本", most=5) == ()


def test_the_next_file_takes_the_place_of_the_last(loaded):
    later = [published.entry(name="印籠ホールディングス株式会社")]
    load(later, sha256="34" * 32, published_on=date(2026, 12, 1))
    load(later, sha256="34" * 32, published_on=date(2026, 12, 1))
    assert published_entries(ALL) == {published.NUMBER: later[0]}
    assert register_record().rows == 1
    assert tables() == {"store_publishedcorporation"}


def broken_off() -> Iterator[PublishedEntry]:
    yield from published.register()
    raise RowRefused(line=5, fault=RowFault.COLUMNS)


LATEST = published.entry()
TWICE = [*published.register(), published.entry(latest="0"), published.entry(name="二度目")]


@pytest.mark.parametrize(
    ("arguments", "refused"),
    [
        ({"entries": broken_off()}, RowRefused),
        ({"entries": TWICE}, RowRefused),
        ({"entries": []}, RegisterFileRefused),
        ({"entries": [replace(LATEST, latest=False), replace(LATEST, process="99")]}, RegisterFileRefused),
        ({"published_on": date(2026, 12, 2)}, RegisterFileRefused),
        ({"sha256": "short"}, Conflict),
        ({"actor": given.EXAMINER}, DutyMissing),
    ],
)
def test_a_load_that_fails_leaves_the_register_as_it_was(loaded, arguments, refused):
    before, record = chain_end(), register_record()
    with pytest.raises(refused):
        load(**arguments)
    assert chain_end() == before
    assert register_record() == record
    assert published_entries(ALL) == {entry.number: entry for entry in published.register()}
    assert tables() == {"store_publishedcorporation"}
    load()


def test_a_number_that_comes_twice_is_named_by_its_line(house):
    with pytest.raises(RowRefused) as refusal:
        load(TWICE)
    assert (refusal.value.line, refusal.value.fault) == (6, RowFault.NUMBER_TWICE)


def test_a_confirmed_number_is_certified(loaded):
    application = given.examining()
    record = confirm(application)
    assert record.outcome is ConfirmationOutcome.CONFIRMED
    assert record.method is ConfirmationMethod.REGISTER_FILE
    assert (record.published_on, record.confirmed_on) == (published.MADE_ON, date(2026, 12, 1))
    assert (record.name, record.name_verdict, record.warns) == (published.NAME, NameVerdict.SAME, False)
    assert confirmation_of(application) == record
    assert find(application).state == ApplicationState.EXAMINING
    conclude(loaded, application, content(published.NUMBER))
    assert accept(loaded, application, content(published.NUMBER))


@pytest.mark.parametrize(
    ("asked", "certified", "guard"),
    [
        (None, published.NUMBER, "corporate_number_is_confirmed"),
        (published.OTHER, published.NUMBER, "corporate_number_is_confirmed"),
        ("7000012050002", "7000012050002", "corporate_number_is_confirmed"),
        (published.CLOSED, published.CLOSED, "organization_is_not_closed"),
        (published.CLOSED, None, "organization_is_not_closed"),
    ],
)
def test_no_certificate_shows_a_number_that_is_not_confirmed(loaded, asked, certified, guard):
    application = given.examining()
    if asked:
        confirm(application, asked)
    conclude(loaded, application, content(certified))
    before = chain_end()
    with pytest.raises(GuardRefused) as refusal:
        accept(loaded, application, content(certified))
    assert (refusal.value.guard, refusal.value.clause) == (guard, "8.2")
    assert chain_end() == before
    assert not IssuanceOrder.objects.exists()
    assert find(application).state == ApplicationState.EXAMINED


def test_an_application_whose_number_is_not_published_goes_on_without_it(loaded):
    application = given.examining()
    record = confirm(application, "7000012050002")
    assert record.outcome is ConfirmationOutcome.NOT_FOUND
    assert (record.name, record.name_verdict, record.warns) == ("", None, False)
    conclude(loaded, application, content(None))
    assert accept(loaded, application, content(None))


def test_the_content_takes_number_and_name_from_what_was_confirmed(loaded):
    stated = content(None, "(株)高邉工務店")
    confirmed = confirm(given.examining(), published.OTHER, "(株)高邉工務店")
    assert with_confirmed_number(stated, confirmed) == content(published.OTHER, "株式会社高邉工務店")
    absent = confirm(given.examining(), "7000012050002")
    assert with_confirmed_number(content("7000012050002"), absent) == content(None)
    alone = replace(stated, organization=None, authorities=())
    assert with_confirmed_number(alone, confirmed) == alone


def test_what_the_register_said_last_holds(loaded):
    application = given.examining()
    assert confirm(application, published.CLOSED).outcome is ConfirmationOutcome.CLOSED
    assert confirm(application).outcome is ConfirmationOutcome.CONFIRMED
    conclude(loaded, application, content(published.NUMBER))
    load([replace(published.entry(), closed_on=date(2026, 11, 1), close_cause="01")])
    assert confirm(application).outcome is ConfirmationOutcome.CLOSED
    with pytest.raises(GuardRefused):
        accept(loaded, application, content(published.NUMBER))


def test_a_closed_organization_names_its_day_and_successor(loaded):
    record = confirm(given.examining(), published.CLOSED, "有限会社閉鎖")
    assert (record.closed_on, record.successor) == (date(2026, 10, 1), published.SUCCESSOR)


@pytest.mark.parametrize(
    ("name", "verdict", "parts_at"),
    [
        ("株式会社高邉工務店", NameVerdict.SAME, None),
        ("株式会社髙邉工務店", NameVerdict.SAME_REDUCED, 4),
        ("（株）高邉工務店", NameVerdict.SAME_REDUCED, 0),
        ("高邉工務店株式会社", NameVerdict.OTHER_FORM, 0),
        ("株式会社高辺工務店", NameVerdict.DIFFERENT, 5),
    ],
)
def test_how_the_applications_name_differs_is_recorded(loaded, name, verdict, parts_at):
    record = confirm(given.examining(), published.OTHER, name)
    assert (record.published_name, record.name) == ("株式会社髙邉工務店", "株式会社高邉工務店")
    assert (record.name_source, record.name_verdict) == (NameSource.NUMBER_PUBLICATION, verdict)
    assert record.name_parts_at == parts_at
    assert record.warns is (verdict is not NameVerdict.SAME)


def test_the_name_once_certified_is_certified_again(loaded):
    first, certified = given.examining(), content(published.NUMBER, "印籠商事（株）")
    confirm(first)
    assert certified_name(published.NUMBER) is None
    conclude(loaded, first, certified)
    given.certified(accept(loaded, first, certified))
    assert certified_name(published.NUMBER).name == "印籠商事（株）"
    assert certified_name(published.OTHER) is None
    record = confirm(given.examining())
    assert (record.name, record.name_source) == ("印籠商事（株）", NameSource.CERTIFICATE)
    assert record.warns


@pytest.mark.parametrize("number", ["", "123", "7" + published.NUMBER[1:], "みほん"])
def test_what_is_no_number_is_not_looked_up(loaded, number):
    application = given.examining()
    before = chain_end()
    with pytest.raises(CorporateNumberRefused):
        confirm(application, number)
    assert chain_end() == before
    assert not CorporateNumberConfirmation.objects.exists()


def test_a_number_is_taken_as_it_is_typed(loaded):
    typed = f"T{published.NUMBER[:5]}－{published.NUMBER[5:]}"
    assert confirm(given.examining(), typed).number == published.NUMBER


def test_without_a_loaded_file_nothing_is_confirmed(house):
    application = given.examining()
    before = chain_end()
    with pytest.raises(CorporateRegisterUnavailable) as refusal:
        confirm(application)
    assert "inro corporate-numbers load" in refusal.value.do
    assert chain_end() == before


def test_nobody_else_confirms_and_nothing_is_confirmed_after_the_decision(loaded):
    application = given.examining()
    with pytest.raises(DutyMissing):
        confirm(application, actor=given.ACCEPTOR)
    confirm(application)
    conclude(loaded, application, content(published.NUMBER))
    accept(loaded, application, content(published.NUMBER))
    before = chain_end()
    with pytest.raises(ActNotAllowed):
        confirm(application)
    assert chain_end() == before
    assert CorporateNumberConfirmation.objects.count() == 1


def test_disposal_takes_what_was_confirmed(loaded):
    application = given.examining()
    confirm(application)
    given.withdraw(application)
    far = datetime(2050, 1, 1, tzinfo=UTC)
    dispose_application(application=application, terms=given.TERMS, actor=given.ACCEPTOR, now=far)
    assert confirmation_of(application) is None
    assert '"confirmations":1' in AuditRow.objects.order_by("-seq").first().details


def test_the_log_names_no_organization(loaded):
    confirm(given.examining(), name="株式会社秘密")
    row = AuditRow.objects.order_by("-seq").first()
    assert row.kind == "examination.corporate_number_looked_up"
    assert published.NUMBER not in row.details
    assert '"found_sha256":' in row.details
    assert "秘密" not in row.details
    assert "印籠" not in row.details


@pytest.mark.parametrize(
    "change",
    [
        {"method": "telephone"},
        {"outcome": "perhaps"},
        {"number": "1"},
        {"name": None},
        {"name_verdict": "alike"},
        {"name_source": "hearsay"},
        {"outcome": "closed"},
        {"closed_on": date(2026, 1, 1)},
        {"outcome": "not_found"},
        {"confirmed_on": published.MADE_ON - timedelta(days=1)},
    ],
)
def test_the_database_holds_what_a_confirmation_is(loaded, change):
    confirm(given.examining())
    with pytest.raises(IntegrityError), transaction.atomic():
        CorporateNumberConfirmation.objects.update(**change)
