"""The card locks after 15 wrong PINs in a row, whatever happens to its power (19.4, 19.5)."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from inro.virtual_card.card import VirtualCard
from inro.virtual_card.card_file import CardFile
from tests.virtual_card.given_card import (
    FILE_KEY,
    PIN,
    WRONG,
    card_with_key,
    card_with_pin,
    change_pin,
    sign,
    tries,
    verify,
)

GUESSER = """
import sys
from pathlib import Path
from inro.virtual_card.card import VirtualCard
from inro.virtual_card.card_file import CardFile
card = VirtualCard(CardFile.open(path=Path(sys.argv[1]), file_key=bytes(range(32))))
print("ready", flush=True)
for _ in range(3):
    card.transmit(b"\\x00\\x20\\x00\\x01\\x10" + b"27182818".ljust(16, b"\\0"))
    print("tried", flush=True)
"""


def reopened(path: Path) -> VirtualCard:
    """Return the card after its power was gone."""
    return VirtualCard(CardFile.open(path=path, file_key=FILE_KEY))


def test_sixteenth_try_and_the_right_pin_find_a_locked_card(tmp_path: Path):
    card = card_with_key(tmp_path)
    assert [verify(card, WRONG) for _ in range(15)] == [f"63C{left:X}" for left in range(14, -1, -1)]
    assert verify(card, WRONG) == "6983"
    assert verify(card, PIN) == "6983"
    assert tries(card) == "6983"
    assert change_pin(card, PIN, b"87654321") == "6983"
    assert sign(card, b"digest").hex() == "6982"


def test_fourteen_wrong_ones_leave_a_last_try_that_gives_all_back(tmp_path: Path):
    card = card_with_pin(tmp_path)
    for _ in range(14):
        verify(card, WRONG)
    assert tries(card) == "63C1"
    assert verify(card, PIN) == "9000"
    card.reset()
    assert tries(card) == "63CF"


def test_nothing_but_success_gives_tries_back(tmp_path: Path):
    card = card_with_pin(tmp_path)
    verify(card, WRONG)
    card.reset()
    card.transmit(bytes.fromhex("00A404000CF276A288BCFBA69D34F31001"))
    tries(card)
    assert tries(card) == "63CE"


def test_count_and_lock_outlive_the_process(tmp_path: Path):
    guess = [sys.executable, "-c", GUESSER, str(tmp_path / "b.card")]
    card_with_pin(tmp_path)
    (tmp_path / "b.card").write_bytes((tmp_path / "a.card").read_bytes())
    for _ in range(5):
        subprocess.run(guess, check=True, capture_output=True)
    card = reopened(tmp_path / "b.card")
    assert tries(card) == "6983"
    assert verify(card, PIN) == "6983"


def test_killed_guesser_never_gains_a_try(tmp_path: Path):
    card_with_pin(tmp_path)
    path = tmp_path / "b.card"
    path.write_bytes((tmp_path / "a.card").read_bytes())
    left = 15
    for delay in (0.0, 0.01, 0.03, 0.06, None):
        guesser = subprocess.Popen([sys.executable, "-c", GUESSER, str(path)], stdout=subprocess.PIPE)
        assert guesser.stdout is not None
        guesser.stdout.readline()
        if delay is not None:
            time.sleep(delay)
        else:
            assert guesser.stdout.readline() == b"tried\n"
        os.kill(guesser.pid, signal.SIGKILL)
        guesser.wait()
        guesser.stdout.close()
        card_file = CardFile.open(path=path, file_key=FILE_KEY)
        now = card_file.load().pin.left
        card_file.close()
        assert left - 3 <= now <= left
        left = now
    assert left < 15
