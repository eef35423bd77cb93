"""Station, signer and card process killed at every step and at random points (5.2, 17.1, 17.3, 19.3, 26.1).

Afterwards no certificate without a card, no key in the token, no second certificate for one application, no
gap in the audit chain, nothing printed twice; and a restart ends the case.
"""

import os
import random
import signal
import sqlite3
import time
from contextlib import closing, suppress

import pytest
from cryptography import x509

from tests.journeys.dying import Death, Mortal, start
from tests.journeys.installation import Premises
from tests.journeys.reckoning import closing_faults, standing_faults, token_files
from tests.servers.families import children_of, has_ended, until_ended

OF_STATION = (
    "1 make_key done",
    "2 initialise_card done",
    "3 move_key done",
    "4 prove_key done",
    "5 print_mailer intended",
    "5 print_mailer done",
    "5 print_mailer recorded",
    "6 hand_over",
)
LAST_OF_STATION = "7 finish_card"
OF_SIGNER = ("a reserve_serial", "b record_intent", "c sign", "d record_certificate")
LIST_STEPS = ("record_list_intent", "sign_list", "record_list")
# What the signer does besides, whenever it is due.
DUE_STEPS = {*LIST_STEPS, "record_responder"}
REVOCATION_DEATHS: tuple[Death, ...] = (
    ("record_revocation", 1),
    *((step, nth) for nth in (1, 3) for step in LIST_STEPS),
)
POINTS = 20
SEED = random.SystemRandom().randrange(2**32) if "INRO_CHANCE" in os.environ else 20261201


class Desk:
    """The processes of one test, restarted as they die."""

    def __init__(self, premises: Premises) -> None:
        self.premises = premises
        self.files = token_files(premises)
        self._living: dict[str, Mortal] = {}

    def start(self, edge: str, dies_at: Death | None = None) -> Mortal:
        """Start an edge; one that was left running is told to end first, as its supervisor would."""
        if edge in self._living:
            assert self._living.pop(edge).end() == 0
        shares, secrets = self.premises.demonstration.shares, {}
        secrets["--pin-fd"] = bytes(shares.pin("ca" if edge == "signer" else "station"))
        if edge == "station":
            secrets["--card-key-fd"] = self.premises.demonstration.card_file_key
        started = start(edge=edge, home=self.premises.home, secrets=secrets, dies_at=dies_at)
        self._living[edge] = started
        return started

    def working(self, edge: str) -> Mortal:
        """Return the running process of an edge, started if there is none."""
        return self._living.get(edge) or self.start(edge)

    def bury(self, edge: str) -> Mortal:
        """Take leave of a process that was killed; its own children must be gone as well."""
        dead = self._living.pop(edge)
        children = dead.children
        assert dead.end() == -signal.SIGKILL
        until_ended(children)
        return dead

    def dies(self, edge: str, at: Death) -> None:
        """Start an edge that kills itself at a step, and look at what is left."""
        told = self.start(edge, dies_at=at)
        answer = told.work(self.premises.later())
        assert answer is None, f"{edge} answered {answer} instead of dying at {at}"
        assert self.bury(edge).steps[-1] == at[0]
        self.look(f"{edge} died at {at}")

    def work(self, edge: str) -> dict:
        """Let an edge work through everything there is; it must not fail."""
        answer = self.working(edge).work(self.premises.later())
        assert answer is not None, (self.premises.home / "logs" / f"{edge}.log").read_text("utf-8")[-2000:]
        assert "error" not in answer, answer
        return answer

    def look(self, when: str) -> None:
        """Assert what must hold at any moment."""
        assert standing_faults(self.premises) == [], when
        assert token_files(self.premises) == self.files, when

    def close(self) -> None:
        """End every process; the installation is whole, and every case at its end."""
        for edge in list(self._living):
            assert self._living.pop(edge).end() == 0
        assert standing_faults(self.premises) == []
        assert closing_faults(self.premises) == []


@pytest.fixture
def desk(premises: Premises) -> Desk:
    """The desk over this run's installation."""
    return Desk(premises)


def finish(desk: Desk) -> None:
    """Carry every order to its end, as two passes of a day do."""
    assert desk.work("station")["failed"] == []
    assert desk.work("signer")["refused"] == []
    assert desk.work("station")["failed"] == []


def test_undisturbed_walk_tells_exactly_the_steps_that_are_tried_below(desk: Desk):
    desk.premises.accept()
    finish(desk)
    told = desk.working("station").steps, desk.working("signer").steps
    desk.close()
    assert told[0] == [*OF_STATION, LAST_OF_STATION]
    assert [step for step in told[1] if step not in DUE_STEPS] == list(OF_SIGNER)


def test_one_case_survives_a_death_at_every_step(desk: Desk):
    application = desk.premises.accept()
    for step in OF_STATION:
        desk.dies("station", (step, 1))
    for step in OF_SIGNER:
        desk.dies("signer", (step, 1))
    desk.dies("station", (LAST_OF_STATION, 1))
    finish(desk)
    desk.close()

    with closing(sqlite3.connect(desk.premises.records)) as records:
        cards = dict(
            records.execute(
                "SELECT state, count(*) FROM store_card WHERE application_id = ? GROUP BY state",
                [application],
            )
        )
        mailers = dict(
            records.execute(
                "SELECT m.state, count(*) FROM store_mailer m JOIN store_card c ON c.id = m.card_id "
                "WHERE c.application_id = ? GROUP BY m.state",
                [application],
            )
        )
    # Six deaths before the card was ready spoiled a card each, two of them with its mailer; no later one did.
    assert cards == {"spoiled": 6, "personalised": 1}
    assert mailers == {"spoiled": 2, "printed": 1}


def test_revocation_survives_a_death_at_every_step_and_reaches_the_lists(desk: Desk):
    application = desk.premises.accept()
    finish(desk)
    serial = desk.premises.decide_revocation(application)
    for death in REVOCATION_DEATHS:
        desk.dies("signer", death)
        assert listed(desk.premises, "crl", serial) is (death in REVOCATION_DEATHS[3:])
    desk.work("signer")
    desk.close()
    assert listed(desk.premises, "crl", serial)
    assert listed(desk.premises, "full_crl", serial)
    assert not listed(desk.premises, "arl", serial)


def listed(premises: Premises, kind: str, serial: bytes) -> bool:
    """Say whether the list in force holds a serial number, read from the archive of lists."""
    with closing(sqlite3.connect(premises.records)) as records:
        found = records.execute(
            "SELECT sha256 FROM store_revocationlist WHERE kind = ? ORDER BY number DESC LIMIT 1", [kind]
        ).fetchone()
    archive = premises.demonstration.installation.signer.archive
    crl = x509.load_der_x509_crl((archive / f"{found[0]}.crl").read_bytes())
    return crl.get_revoked_certificate_by_serial_number(int.from_bytes(serial)) is not None


def test_twenty_deaths_at_random_points(desk: Desk):
    print(f"seed {SEED}")
    chance = random.Random(SEED)
    lengths = {"station": length(desk, "station"), "signer": length(desk, "signer")}
    for point in range(POINTS):
        if point % 3 != 2 and not orders_in(desk.premises, "waiting", "claimed"):
            desk.premises.accept()
        match point % 3:
            case 0:
                dies_at_random(desk, "station", chance.uniform(0, lengths["station"]))
            case 1:
                child_dies_at_random(desk, chance.uniform(0, lengths["station"] / 2))
            case _:
                desk.work("station")
                assert orders_in(desk.premises, "handed_over")
                dies_at_random(desk, "signer", chance.uniform(0, lengths["signer"]))
        desk.look(f"point {point} of seed {SEED}")
    desk.work("station")  # a card process that died last ended that pass
    finish(desk)
    desk.close()


def orders_in(premises: Premises, *states: str) -> int:
    """Return how many orders are in these states."""
    with closing(sqlite3.connect(premises.records)) as records:
        found = [state for (state,) in records.execute("SELECT state FROM store_issuanceorder")]
    return sum(state in states for state in found)


def length(desk: Desk, edge: str) -> float:
    """Return how many seconds an edge takes from its start to the end of a pass with one order."""
    if edge == "station":
        desk.premises.accept()
    began = time.monotonic()
    started = desk.start(edge)
    assert started.work(desk.premises.later()) is not None
    return time.monotonic() - began


def dies_at_random(desk: Desk, edge: str, delay: float) -> None:
    """Start an edge, let it work, and kill it after a while wherever it is."""
    told = desk.start(edge)
    told.tell(desk.premises.later())
    time.sleep(delay)
    told.children = children_of(told.process.pid)
    told.kill()
    desk.bury(edge)


def child_dies_at_random(desk: Desk, delay: float) -> None:
    """Let the station work and kill the process of the card it is making; the station itself lives on."""
    station = desk.start("station")
    station.tell(desk.premises.later())
    # What the station tells of a card, its process has done: none is missed for good.
    while not (children := children_of(station.process.pid)) and not station.answers.poll(0.005):
        pass
    time.sleep(delay)
    if children and not has_ended(children[0]):
        # It may end before the signal comes.
        with suppress(ProcessLookupError):
            os.kill(children[0], signal.SIGKILL)
    answer = station.hear()
    assert answer is not None
    assert "error" not in answer, answer
