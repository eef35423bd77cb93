"""One demonstration installation for the journeys of a run, without its servers: ceremony, records, cards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections

from inro.configuration.installation import SqliteDatabase
from inro.configuration.policy import load_policy
from inro.demo.corporate_numbers import load_publication
from inro.demo.installation import (
    Demonstration,
    make_card_files,
    make_installation,
)
from inro.demo.office import CARDS, CUSTODIAN, MACHINES, Office
from inro.demo.people import Applicant, applicants
from inro.pki.issuer import issuer_of
from inro.settings.databases import sqlite
from inro.store.ids import ApplicationId
from inro.store.reads.certificate import certificate_of_application
from inro.store.states import Medium
from inro.usecases.ca_certificate import enter_ca_certificate
from inro.usecases.card import BlankCard, receive_blank_cards
from tests.given import POLICY

FIRST_DAY = date(2026, 12, 1)
OPENING = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
CARDS_IN_STOCK = 80
NOWHERE = "127.0.0.1:1"


@dataclass(slots=True, kw_only=True)
class Premises:
    """An installation open for business, its office at hand; `now` only moves forward."""

    demonstration: Demonstration
    office: Office
    blocker: Any
    now: datetime = OPENING
    accepted: list[ApplicationId] = field(default_factory=list)

    @property
    def home(self) -> Path:
        """The installation's folder."""
        return self.demonstration.installation.home

    @property
    def records(self) -> Path:
        """The database file."""
        chosen = self.demonstration.installation.database
        assert isinstance(chosen, SqliteDatabase)
        return chosen.path

    @property
    def card_folder(self) -> Path:
        """Where the virtual cards lie."""
        folder = self.demonstration.installation.station.cards
        assert folder is not None
        return folder

    def later(self) -> datetime:
        """Return the next instant: a minute has passed."""
        self.now += timedelta(minutes=1)
        return self.now

    def accept(self) -> ApplicationId:
        """Carry one application to its acceptance, so that an order waits for the secure room."""
        people: tuple[Applicant, ...] = applicants(FIRST_DAY)
        applicant = people[len(self.accepted) % len(people)]
        with self.at_the_records():
            application = self.office.draft(applicant=applicant, now=self.later())
            self.office.receive(application=application, now=self.later())
            content, _ = self.office.confirm_content(
                applicant=applicant, application=application, now=self.later()
            )
            self.office.examine(application=application, content=content, now=self.later())
            self.office.accept(application=application, now=self.later())
            self.office.order(application=application, now=self.later())
        self.accepted.append(application)
        return application

    def decide_revocation(self, application: ApplicationId) -> bytes:
        """Have two officers decide that a lost card's certificate is revoked; return its serial number."""
        with self.at_the_records():
            certificate = certificate_of_application(application)
            case = self.office.request_revocation(
                certificate=certificate.certificate_id,
                ground="21.1(3)/lost",
                now=self.later(),
            )
            self.office.decide_revocation(case=case, application=application, now=self.later())
        return certificate.serial

    @contextmanager
    def at_the_records(self) -> Iterator[None]:
        """Let this process's use cases work on the installation's records instead of the tests'."""
        kept, of_tests = connections.settings["default"], connections["default"]
        connections.settings["default"] = connections.configure_settings({"default": sqlite(self.records)})[
            "default"
        ]
        connections["default"] = connections.create_connection("default")
        try:
            with self.blocker.unblock():
                yield
                connections["default"].close()
        finally:
            connections.settings["default"], connections["default"] = kept, of_tests


def open_premises(*, home: Path, blocker: Any) -> Premises:
    """Hold a ceremony in `home`, put its results on record and blank cards into stock."""
    demonstration = make_installation(
        home=home,
        policy_folder=POLICY,
        policy=load_policy(POLICY),
        now=OPENING,
        web_url=f"http://{NOWHERE}",
        directory_url=f"ldap://{NOWHERE}",
        mail_port=1,
        show=lambda line: None,
    )
    premises = Premises(
        demonstration=demonstration, office=Office(demonstration=demonstration), blocker=blocker
    )
    with premises.at_the_records():
        call_command("migrate", verbosity=0)
        _record_ceremony(demonstration)
        premises.office.open_house(now=OPENING)
        _fill_stock(demonstration)
        load_publication(
            folder=home / "corporate-numbers", applicants=applicants(FIRST_DAY), actor=MACHINES, now=OPENING
        )
    return premises


def _record_ceremony(demonstration: Demonstration) -> None:
    ceremony = demonstration.ceremony
    enter_ca_certificate(
        certificate=ceremony.certificate,
        issuer=issuer_of(ceremony.certificate),
        profile_sha256=demonstration.policy.ca_profile.sha256,
        actor=CUSTODIAN,
        now=OPENING,
    )


def _fill_stock(demonstration: Demonstration) -> None:
    serials = tuple(f"{0x0026120100000000 + place:016x}" for place in range(1, CARDS_IN_STOCK + 1))
    make_card_files(demonstration=demonstration, serials=serials)
    receive_blank_cards(
        cards=[
            BlankCard(serial=serial, model="inro virtual card", medium=Medium.VIRTUAL) for serial in serials
        ],
        actor=CARDS,
        now=OPENING,
    )
