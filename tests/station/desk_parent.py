"""A station's long-lived process for the memory test: makes a card, finishes it, and stays (17.3, 19.3)."""

import sys
from pathlib import Path

from inro.station.card_place import open_card
from inro.station.child_process import personalise
from tests.station.given_station import MAILER, TOKEN_PIN, given_desk

CERTIFICATE = b"\x30\x82\x04\x00" + bytes(0x400)


def main(folder: Path) -> None:
    """Make a card, then wait to be told to end."""
    desk = given_desk(folder)
    print("ready", flush=True)
    sys.stdin.readline()
    made = personalise(
        job=desk.job, token_pin=TOKEN_PIN, card_file_key=desk.file_key, on_report=lambda report: MAILER
    )
    with open_card(desk.job.card, card_file_key=desk.file_key) as card:
        card.write_certificate(CERTIFICATE)
        assert card.read_certificate() == CERTIFICATE
    print(desk.file_key.hex(), made.spki.hex(), flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
