"""The PIN mailer holds the PIN, on paper only, and says what the subscriber must do (19.1-19.5, 12.5)."""

import os
import string
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inro.paper.errors import GlyphMissing, MailerRefused
from inro.paper.letters import render_reminder
from inro.paper.mailer import render_pin_mailer
from inro.paper.press import lasting_typesetter
from inro.practice.notices import NoticeKind
from tests.paper.read_back import drawn, files_under, pages_of, text_of
from tests.paper.sheets import MAILER, NAME, OPERATOR, RECIPIENT, REMINDER, WORDS

PIN = "7kR2mW9xQ4"


def test_it_says_the_pin_and_the_duties():
    pdf = render_pin_mailer(mailer=MAILER, operator=OPERATOR, pin=PIN)
    text = text_of(pdf)
    assert PIN in text
    assert MAILER.number in text
    for duty in ("第19条第3項", "第19条第4項", "第19条第5項", "第12条第5項", "続けて15回"):
        assert duty in text
    assert pages_of(pdf) == 2


def test_it_is_archival_and_the_same_bytes_each_time():
    first = render_pin_mailer(mailer=MAILER, operator=OPERATOR, pin=PIN)
    assert first == render_pin_mailer(mailer=MAILER, operator=OPERATOR, pin=bytearray(PIN, "ascii"))
    assert b"pdfaid:part" in first or b"pdfaid" in first


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet=string.ascii_letters + string.digits, min_size=4, max_size=16))
def test_every_pin_is_printed_whole(pin):
    pdf = render_pin_mailer(mailer=MAILER, operator=OPERATOR, pin=pin)
    rows = [pin] if len(pin) <= 12 else [pin[: (len(pin) + 1) // 2], pin[(len(pin) + 1) // 2 :]]
    text = text_of(pdf)
    assert all(row in text for row in rows)
    assert pages_of(pdf) == 2


@pytest.mark.parametrize(
    "pin", ["", "123", "1" * 17, "12 34", "１２３４", "12-34", 'a"#b', bytearray(b"\xff\xfe12")]
)
def test_other_pins_are_refused_without_naming_them(pin):
    with pytest.raises(MailerRefused) as refusal:
        render_pin_mailer(mailer=MAILER, operator=OPERATOR, pin=pin)
    assert refusal.value.field == "pin"
    assert not pin or str(pin) not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_data_are_never_read_as_markup():
    tricky = replace(RECIPIENT, organization='#panic("x") *a* $1$ \\ <b>')
    pdf = render_pin_mailer(mailer=replace(MAILER, recipient=tricky), operator=OPERATOR, pin=PIN)
    assert '#panic("x")*a*$1$\\<b>' in text_of(pdf)


def test_a_name_that_cannot_be_drawn_stops_the_mailer():
    unknown = replace(RECIPIENT, name="渡\U000300ff")
    with pytest.raises(GlyphMissing) as refusal:
        render_pin_mailer(mailer=replace(MAILER, recipient=unknown), operator=OPERATOR, pin=PIN)
    assert refusal.value.field == "mailer.recipient.name"
    assert PIN not in str(refusal.value)


def test_a_variant_is_drawn_and_can_be_copied_out():
    pdf = render_pin_mailer(mailer=MAILER, operator=OPERATOR, pin=PIN)
    assert NAME.replace("\U000e0100", "").replace(" ", "") in text_of(pdf).replace("\U000e0100", "")
    other = replace(RECIPIENT, name=NAME.replace("\U000e0100", "\U000e0118"))
    assert drawn(pdf) != drawn(
        render_pin_mailer(mailer=replace(MAILER, recipient=other), operator=OPERATOR, pin=PIN)
    )


def test_the_demonstrations_mark_is_printed_only_there():
    marked = replace(OPERATOR, demonstration=True)
    assert "見本" in text_of(render_pin_mailer(mailer=MAILER, operator=marked, pin=PIN))
    assert "見本" not in text_of(render_pin_mailer(mailer=MAILER, operator=OPERATOR, pin=PIN))


def test_no_file_is_written_and_no_argument_carries_the_pin():
    """A process that renders a mailer opens nothing to write and leaves its folders empty."""
    program = (
        "import sys\n"
        "from tests.paper.sheets import MAILER, OPERATOR\n"
        "from inro.paper.mailer import render_pin_mailer\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(args) if event == 'open' and "
        "isinstance(args[2], int) and args[2] & 0o3 else None)\n"
        "pdf = render_pin_mailer(mailer=MAILER, operator=OPERATOR, pin=sys.stdin.read())\n"
        "assert pdf.startswith(b'%PDF') and not opened, opened\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"TMPDIR": folder, "HOME": folder, "XDG_CACHE_HOME": folder}
        subprocess.run(
            [sys.executable, "-B", "-c", program],
            input=PIN,
            text=True,
            check=True,
            env=environment | {"PYTHONPATH": os.pathsep.join(["src", "."])},
        )
        assert files_under(Path(folder)) == set()


def test_the_typesetter_that_lasts_never_holds_a_pin():
    render_reminder(letter=REMINDER, words=WORDS[NoticeKind.RECEIPT_REMINDER], operator=OPERATOR)
    render_pin_mailer(mailer=MAILER, operator=OPERATOR, pin=PIN)

    held = lasting_typesetter().eval('sys.inputs.at("data")')

    assert REMINDER.number in held
    assert PIN not in held
    assert MAILER.number not in held
