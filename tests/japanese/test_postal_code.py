"""Postal codes, looked up without a network (8.1, 29)."""

import socket
import subprocess
import sys
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.japanese.postal_code import (
    NOT_LISTED_BELOW,
    PostalVerdict,
    check_postal_code,
    find_postal_areas,
    postal_digits,
)


@pytest.mark.parametrize(
    "text", ["1000005", "100-0005", "〒100-0005", "１００－０００５", "〒 １００ー０００５", " 100−0005 "]
)
def test_a_code_is_read_in_any_writing(text):
    assert postal_digits(text) == "1000005"
    (area,) = find_postal_areas(text)
    assert (area.prefecture, area.municipality, area.town) == ("東京都", "千代田区", "丸の内")
    assert area.text == "東京都千代田区丸の内"


@pytest.mark.parametrize("text", ["", "100", "10000055", "100-000A", "٠٠٠٠٠٠٠", "0000000"])
def test_what_is_no_code_or_not_given_out_has_no_area(text):
    assert find_postal_areas(text) == ()
    assert check_postal_code(code=text, address="東京都千代田区丸の内1-1-1") is PostalVerdict.UNKNOWN_CODE


@given(st.text(max_size=12))
def test_no_text_stops_the_look_up(text):
    assert isinstance(find_postal_areas(text), tuple)


def test_a_code_for_the_rest_of_a_municipality_has_no_town():
    (area,) = find_postal_areas("060-0000")
    assert (area.municipality, area.town, area.note) == ("札幌市中央区", "", NOT_LISTED_BELOW)
    assert area.text == "北海道札幌市中央区"


def test_a_code_of_several_towns_names_them_all():
    assert {area.town for area in find_postal_areas("068-0546")} == {"南部青葉町", "南部菊水町"}


def test_a_code_of_one_organization_names_it():
    (area, *_) = find_postal_areas("100-8639")
    assert area.office == "株式会社　メールハウス"
    assert area.prefecture == "埼玉県"


@pytest.mark.parametrize(
    ("code", "address", "verdict"),
    [
        ("100-0005", "東京都千代田区丸の内1-1-1", PostalVerdict.AGREES),
        ("100-0005", "東京都千代田区丸ノ内一丁目1番1号 中央ビル", PostalVerdict.AGREES),
        ("100-0005", "千代田区丸の内1-1-1", PostalVerdict.AGREES),
        ("100-0013", "東京都千代田区霞ヶ関1-1-1", PostalVerdict.AGREES),
        ("060-0000", "北海道札幌市中央区どこか1", PostalVerdict.AGREES),
        ("070-0831", "北海道旭川市旭町一条二丁目", PostalVerdict.AGREES),
        ("068-0546", "北海道夕張市南部菊水町1", PostalVerdict.AGREES),
        ("100-0005", "東京都千代田区大手町1-1-1", PostalVerdict.OTHER_TOWN),
        ("100-0005", "東京都港区丸の内1-1-1", PostalVerdict.OTHER_MUNICIPALITY),
        ("100-0005", "愛知県名古屋市中区丸の内1-1-1", PostalVerdict.OTHER_PREFECTURE),
        ("100-0005", "", PostalVerdict.OTHER_MUNICIPALITY),
    ],
)
def test_an_address_is_held_against_its_code(code, address, verdict):
    assert check_postal_code(code=code, address=address) is verdict


def test_threads_look_up_at_once():
    found: list[str] = []
    threads = [Thread(target=lambda: found.append(find_postal_areas("1000005")[0].town)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["丸の内"] * 8


def test_nothing_stays_open():
    look_up = "from inro.japanese.postal_code import find_postal_areas; find_postal_areas('1000005')"
    done = subprocess.run([sys.executable, "-X", "dev", "-c", look_up], capture_output=True, check=True)
    assert b"ResourceWarning" not in done.stderr


def test_no_network_is_asked(monkeypatch):
    def refuse(*arguments):
        raise AssertionError("a look-up asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert find_postal_areas("1000005")
