"""One child process per card, with a real token, card and press (5.2, 17.1, 17.3, 19.3, 19.5)."""

import os
import random
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from inro.paper.parties import Addressee
from inro.ports.errors import CardRefused
from inro.station.card_place import open_card
from inro.station.child_process import CardSpoiled, PersonalisationFailed, Personalised, personalise
from inro.station.job import ReaderPlace, VirtualCardPlace, decode_job, encode_job
from inro.station.personalisation import Phase, Report, Step
from inro.store.states import Medium
from tests.servers.pcscd import PcscServer
from tests.station.given_station import MAILER, SERIAL, TOKEN_PIN, Desk, given_desk, printed_pin

WALK = [
    (Step.MAKE_KEY, Phase.DONE),
    (Step.INITIALISE_CARD, Phase.DONE),
    (Step.MOVE_KEY, Phase.DONE),
    (Step.PROVE_KEY, Phase.DONE),
    (Step.PRINT_MAILER, Phase.INTENDED),
    (Step.PRINT_MAILER, Phase.DONE),
]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A card desk of this test's own."""
    return given_desk(tmp_path)


def make(desk: Desk, on_report: Callable[[Report], str | None] = lambda report: MAILER) -> Personalised:
    return personalise(job=desk.job, token_pin=TOKEN_PIN, card_file_key=desk.file_key, on_report=on_report)


def card_is_blank(desk: Desk) -> bool:
    with open_card(desk.job.card, card_file_key=desk.file_key) as card:
        try:
            card.require_blank()
        except CardRefused:
            return False
    return True


def token_objects(desk: Desk) -> list[str]:
    return sorted(path.name for path in (desk.folder / "hsm" / "tokens").rglob("*.object"))


def has_ended(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_card_is_made_and_every_step_is_told_before_the_next(desk: Desk):
    told: list[Report] = []

    def record(report: Report) -> str:
        told.append(report)
        assert desk.mailer.exists() is (report == told[-1] and len(told) == len(WALK))
        return MAILER

    before = token_objects(desk)
    made = make(desk, record)
    assert [(report.step, report.phase) for report in told] == WALK
    assert (made.tries, made.medium, made.card_serial, made.exit_code) == (15, "virtual", SERIAL, 0)
    assert made.key_erasure.objects_before == 2
    assert made.key_erasure.absent
    assert token_objects(desk) == before
    assert has_ended(made.child_pid)
    assert made.child_pid == told[0].child != os.getpid()
    evidence = made.evidence()
    assert evidence["child"] == {"pid": made.child_pid, "exit_code": 0}
    assert evidence["key_erasure"]["objects_after"] == 0
    assert evidence["pin_erasure"]


def test_pin_on_the_mailer_opens_the_card_and_its_key_is_the_one_reported(desk: Desk):
    made = make(desk)
    with open_card(desk.job.card, card_file_key=desk.file_key) as card:
        signature = card.sign(printed_pin(desk.mailer), b"text")
        assert card.tries_left() == 15
    key = load_der_public_key(made.spki)
    assert isinstance(key, rsa.RSAPublicKey)
    key.verify(signature, b"text", padding.PKCS1v15(), hashes.SHA256())


def test_two_cards_have_different_keys_and_pins(tmp_path: Path):
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        desk = given_desk(tmp_path / name)
        made.append((make(desk).spki, bytes(printed_pin(desk.mailer))))
    assert made[0][0] != made[1][0]
    assert made[0][1] != made[1][1]


@pytest.mark.parametrize("place", range(len(WALK) - 1))
def test_child_killed_after_any_step_spoils_the_card_and_leaves_no_key(desk: Desk, place: int):
    told: list[Report] = []

    def record_and_kill(report: Report) -> str:
        told.append(report)
        if (report.step, report.phase) == WALK[place]:
            os.kill(report.child, signal.SIGKILL)
        return MAILER

    before = token_objects(desk)
    with pytest.raises(CardSpoiled) as spoiled:
        make(desk, record_and_kill)
    assert spoiled.value.step is WALK[place][0]
    assert spoiled.value.mailer_intended is (place == 4)
    assert spoiled.value.exit_code == -signal.SIGKILL
    assert len(told) == place + 1
    assert token_objects(desk) == before
    assert not desk.mailer.exists()


def test_child_killed_at_any_moment_ends_as_spoiled_or_made(tmp_path: Path):
    chance = random.Random(20261201)
    for number in range(5):
        folder = tmp_path / str(number)
        folder.mkdir()
        desk = given_desk(folder)
        children: list[int] = []
        before = token_objects(desk)
        with killing(children, after=chance.uniform(0.0, 0.7)) as record:
            spoiled, made = outcome(desk, record)
        if spoiled is not None:
            assert spoiled.mailer_intended or not desk.mailer.exists()
        else:
            assert len(children) == len(WALK)
            assert made is not None
        assert has_ended(children[0])
        assert token_objects(desk) == before


def outcome(
    desk: Desk, on_report: Callable[[Report], str | None]
) -> tuple[CardSpoiled | None, Personalised | None]:
    try:
        return None, make(desk, on_report)
    except CardSpoiled as spoiled:
        return spoiled, None


@contextmanager
def killing(children: list[int], *, after: float) -> Iterator[Callable[[Report], str]]:
    """Kill the child some seconds after its first report, but nobody who has its number once it is gone."""
    timers: list[threading.Timer] = []

    def record(report: Report) -> str:
        if not children:
            timers.append(threading.Timer(after, kill, (report.child,)))
            timers[0].start()
        children.append(report.child)
        return MAILER

    try:
        yield record
    finally:
        for timer in timers:
            timer.cancel()
            timer.join()


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


class RecordsUnwritable(Exception):
    """The station could not write its row."""


@pytest.mark.parametrize("place", range(len(WALK)))
def test_step_that_cannot_be_recorded_is_the_last(desk: Desk, place: int):
    told: list[Report] = []

    def refuse(report: Report) -> str:
        told.append(report)
        if (report.step, report.phase) == WALK[place]:
            raise RecordsUnwritable
        return MAILER

    with pytest.raises(RecordsUnwritable):
        make(desk, refuse)
    assert len(told) == place + 1
    assert has_ended(told[0].child)
    assert desk.mailer.exists() is (place == 5)
    assert card_is_blank(desk) is (place == 0)


def test_wrong_token_pin_leaves_the_card_blank(desk: Desk):
    with pytest.raises(PersonalisationFailed, match="PinRefused") as failed:
        personalise(
            job=desk.job, token_pin=b"wrong-pin", card_file_key=desk.file_key, on_report=lambda report: MAILER
        )
    assert not isinstance(failed.value, CardSpoiled)
    assert "wrong-pin" not in str(failed.value)
    assert card_is_blank(desk)
    make(desk)


def test_missing_token_missing_card_and_missing_key_are_told_before_anything_happens(desk: Desk):
    jobs = {
        "TokenMissing": replace(desk.job, token=replace(desk.job.token, label="other", serial=None)),
        "no such card file": replace(desk.job, card=VirtualCardPlace(path=desk.folder / "none.card")),
    }
    for words, job in jobs.items():
        with pytest.raises(PersonalisationFailed, match=words) as failed:
            make(replace(desk, job=job))
        assert failed.value.step is None
        assert failed.value.exit_code == 1
    with pytest.raises(PersonalisationFailed, match="no key for card files"):
        personalise(job=desk.job, token_pin=TOKEN_PIN, card_file_key=None, on_report=lambda report: MAILER)
    assert card_is_blank(desk)


def test_finished_card_is_never_made_again(desk: Desk):
    make(desk)
    before = desk.card_file.read_bytes()
    with pytest.raises(PersonalisationFailed, match="not blank") as failed:
        make(desk)
    assert not isinstance(failed.value, CardSpoiled)
    assert desk.card_file.read_bytes() == before


def test_printer_that_fails_spoils_card_and_mailer(desk: Desk):
    (desk.folder / "paper").write_text("not a folder")
    with pytest.raises(CardSpoiled, match="PrinterUnavailable") as spoiled:
        make(desk)
    assert spoiled.value.mailer_intended


def test_nothing_is_printed_twice_under_one_number(desk: Desk):
    (desk.folder / "paper").mkdir()
    desk.mailer.write_bytes(b"printed before")
    with pytest.raises(CardSpoiled, match="PrinterUnavailable"):
        make(desk)
    assert desk.mailer.read_bytes() == b"printed before"


def test_mailer_that_cannot_be_set_spoils_the_card(desk: Desk):
    recipient: Addressee = replace(desk.job.mailer.recipient, name="\U0002f80f\ue000")
    job = replace(desk.job, mailer=replace(desk.job.mailer, recipient=recipient))
    with pytest.raises(CardSpoiled, match="GlyphMissing"):
        make(replace(desk, job=job))


def test_job_survives_its_way_to_the_child(desk: Desk):
    assert decode_job(encode_job(desk.job)) == desk.job
    assert TOKEN_PIN not in encode_job(desk.job)
    assert desk.file_key.hex().encode() not in encode_job(desk.job)


def test_card_in_a_reader_is_made_by_the_child_and_must_be_what_the_job_says(desk: Desk, pcscd: PcscServer):
    with pcscd.card_in_reader(path=desk.card_file, file_key=desk.file_key) as reader:
        real = replace(desk.job, card=ReaderPlace(reader=reader, medium=Medium.HARDWARE))
        with pytest.raises(PersonalisationFailed, match="is not hardware"):
            make(replace(desk, job=real))
        place = ReaderPlace(reader=reader, medium=Medium.VIRTUAL)
        made = make(replace(desk, job=replace(desk.job, card=place)))
        with open_card(place, card_file_key=None) as card:
            assert card.tries_left() == 15
            assert card.sign(printed_pin(desk.mailer), b"text")
    assert (made.tries, made.medium) == (15, Medium.VIRTUAL)
