"""Grounds of revocation and their reason codes (11.3, 12.4, 15, 18.7, 19.4, 21.1, 22.1, 25(4), 35.3, 46)."""

import pytest

from inro.practice.grounds import (
    GROUNDS,
    Invoker,
    Obligation,
    ReasonCode,
    RevocationForm,
    UnknownGround,
    ground,
    grounds_of,
)

# RFC 5280 5.3.1 names; "-" stands for an entry without the extension.
EXPECTED = {
    "11.3": "cessationOfOperation",
    "12.4": "cessationOfOperation",
    "15": "affiliationChanged",
    "18.7": "cessationOfOperation",
    "19.4(1)": "cessationOfOperation",
    "19.4(2)/leaked": "keyCompromise",
    "19.4(2)/feared": "keyCompromise",
    "19.4(3)": "cessationOfOperation",
    "19.4(4)": "cessationOfOperation",
    "21.1(1)/organization": "affiliationChanged",
    "21.1(1)/other": "-",
    "21.1(2)": "affiliationChanged",
    "21.1(3)/lost": "keyCompromise",
    "21.1(3)/damaged": "cessationOfOperation",
    "21.1(4)/stolen": "keyCompromise",
    "21.1(4)/misused": "keyCompromise",
    "21.1(5)": "cessationOfOperation",
    "21.1(5)/with-card": "keyCompromise",
    "21.1(6)": "keyCompromise",
    "21.1(7)": "cessationOfOperation",
    "21.1(8)/compromised": "keyCompromise",
    "21.1(8)/feared": "keyCompromise",
    "21.1(9)": "cessationOfOperation",
    "21.1(10)": "affiliationChanged",
    "21.1(11)": "affiliationChanged",
    "21.1(12)": "-",
    "22.1(1)": "cessationOfOperation",
    "22.1(2)/compromised": "keyCompromise",
    "22.1(2)/feared": "keyCompromise",
    "22.1(3)/misused": "keyCompromise",
    "22.1(3)/feared": "keyCompromise",
    "22.1(4)/organization": "affiliationChanged",
    "22.1(4)/other": "-",
    "22.1(5)/compromised": "cACompromise",
    "22.1(5)/feared": "cACompromise",
    "22.1(6)": "-",
    "22.1(7)": "superseded",
    "22.1(8)": "cessationOfOperation",
    "22.1(9)": "-",
    "22.1(10)": "affiliationChanged",
    "22.1(11)": "affiliationChanged",
    "22.1(12)": "affiliationChanged",
    "22.1(13)": "cessationOfOperation",
    "22.1(14)": "-",
    "25(4)": "affiliationChanged",
    "35.3": "-",
    "46": "-",
}


@pytest.mark.parametrize(("id_", "name"), EXPECTED.items())
def test_each_ground_has_its_reason_code(id_, name):
    code = ground(id_).reason_code
    assert (code.rfc_name if code else "-") == name


def test_there_is_no_ground_beside_these():
    assert set(GROUNDS) == set(EXPECTED)
    assert all(item.id == id_ for id_, item in GROUNDS.items())


@pytest.mark.parametrize("article", ["21.1", "22.1"])
def test_every_item_of_an_article_has_a_ground(article):
    items = {"21.1": 12, "22.1": 14}[article]
    for number in range(1, items + 1):
        assert grounds_of(f"{article}({number})")


def test_no_code_suspends_or_takes_back():
    # The terms know no suspension: certificateHold is 6, removeFromCRL 8; 0 is left out (RFC 5280 5.3.1).
    assert {code.value for code in ReasonCode} == {1, 2, 3, 4, 5}


def test_who_may_bring_a_ground_and_on_which_form():
    for item in GROUNDS.values():
        article = item.clause.partition("(")[0]
        if article in {"21.1", "12.4", "15", "19.4"}:
            assert (item.invoker, item.form) == (Invoker.SUBSCRIBER, RevocationForm.APPLICATION)
    organization = {id_ for id_, item in GROUNDS.items() if item.invoker is Invoker.ORGANIZATION}
    assert organization == {f"22.1({number})" for number in range(10, 15)} | {"25(4)"}
    assert all(GROUNDS[id_].form is RevocationForm.REQUEST for id_ in organization)
    assert ground("18.7").form is RevocationForm.NONE


def test_what_the_ca_must_and_what_it_may():
    may = {id_ for id_, item in GROUNDS.items() if item.obligation is Obligation.POWER}
    own = {id_ for id_ in EXPECTED if id_.startswith("22.1") and int(id_[5:].partition(")")[0]) < 10}
    assert may == own | {"35.3", "46"}
    assert ground("18.7").obligation is Obligation.MANDATORY
    assert ground("22.1(1)").obligation is Obligation.POWER
    assert ground("11.3").obligation is Obligation.MANDATORY
    assert all(GROUNDS[id_].invoker is Invoker.CA for id_ in may)


@pytest.mark.parametrize("id_", ["", "21.1(13)", "21.1(3)", "21.1(3)/stolen", "22.1(0)", "because"])
def test_a_free_reason_is_no_ground(id_):
    with pytest.raises(UnknownGround) as refusal:
        ground(id_)
    assert refusal.value.data == {"ground": id_}


def test_the_parts_of_a_reason_are_found_by_its_clause():
    assert [item.id for item in grounds_of("21.1(3)")] == ["21.1(3)/lost", "21.1(3)/damaged"]
    with pytest.raises(UnknownGround):
        grounds_of("21.1(3)/lost")
