"""The PIN that is made, and what a report may carry (19.3, 19.5)."""

import json
import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from inro.ports.key_maker import KeyErasure
from inro.station.personalisation import PIN_DIGITS, Phase, Report, Step, decode_report, make_pin


def test_pin_is_eight_digits_each_equally_likely():
    chance = random.Random(1)
    pins = [bytes(make_pin(chance.randrange)) for _ in range(2000)]
    assert {len(pin) for pin in pins} == {PIN_DIGITS}
    assert len(set(pins)) == 2000
    drawn = Counter(b"".join(pins))
    assert set(drawn) == set(b"0123456789")
    assert all(1450 < times < 1750 for times in drawn.values())


@given(st.lists(st.integers(0, 9), min_size=8, max_size=8))
def test_pin_may_be_any_eight_digits(digits: list[int]):
    source = iter(digits)
    assert make_pin(lambda limit: next(source)) == "".join(map(str, digits)).encode()


@given(
    step=st.sampled_from(Step),
    phase=st.sampled_from(Phase),
    octets=st.binary(max_size=64),
    tries=st.integers(0, 15),
    erasure=st.none()
    | st.builds(KeyErasure, method=st.text(), objects_before=st.integers(0), objects_after=st.integers(0)),
)
def test_report_comes_back_from_its_line(
    step: Step, phase: Phase, octets: bytes, tries: int, erasure: KeyErasure | None
):
    report = Report(step=step, phase=phase, spki=octets, signature=octets, tries=tries, key_erasure=erasure)
    line = report.encode()
    assert b"\n" not in line
    assert decode_report(json.loads(line)) == report
