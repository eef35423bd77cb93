"""Ceremony files: what is refused, by the name of the key."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.ceremony.plan import PlanRefused, load_plan
from inro.practice.duties import Duty

TEXT = (Path(__file__).parents[2] / "policy/ceremony/demo.toml").read_text("utf-8")


def changed(old: str, new: str) -> bytes:
    assert old in TEXT
    return TEXT.replace(old, new, 1).encode()


def test_the_demonstrations_file_is_a_plan():
    plan = load_plan(TEXT.encode())
    assert plan.not_before.isoformat() == "2025-12-31T15:00:00+00:00"
    assert plan.not_after.isoformat() == "2045-12-31T14:59:59+00:00"
    assert [(token.threshold, len(token.custodians)) for token in plan.tokens] == [
        (3, 5),
        (2, 3),
        (2, 3),
        (2, 3),
        (2, 3),
    ]
    duties = {period.duty for officer in plan.roster.officers for period in officer.duties}
    assert duties >= {Duty.EXAMINATION, Duty.ACCEPTANCE, Duty.REVOCATION_EXAMINATION}


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("threshold = 3", "threshold = 6", "tokens.ca.threshold"),
        ("threshold = 3", "threshold = 1", "tokens.ca.threshold"),
        ("threshold = 3", "threshold = true", "tokens.ca.threshold"),
        ('"morita", "ono"]', '"morita", "morita"]', "tokens.ca.custodians"),
        ('"morita", "ono"]', '"morita", "nobody"]', "tokens.ca.custodians"),
        ("[tokens.roster]", "[tokens.rooster]", "tokens.roster"),
        ('label = "inro-demo-station"', 'label = "inro-demo-ca"', "tokens"),
        ('label = "inro-demo-ca"', f'label = "{"x" * 33}"', "tokens.ca.label"),
        ('label = "inro-demo-ca"', 'label = "inro-demo-ca"\npin = "1234"', "tokens.ca.pin"),
        ("key_bits = 3072", "key_bits = 1024", "ca.key_bits"),
        ("years = 20", "years = 0", "ca.years"),
        ("years = 20", "years = 20\ndays = 1", "ca.days"),
        ("years = 20", "years = 5", "roster.valid_until"),
        ("valid_from = 2026-01-01 #", 'valid_from = "2026-01-01" #', "ca.valid_from"),
        ("valid_until = 2045-12-31", "valid_until = 2025-12-31", "roster.valid_until"),
        ("version = 1", "version = 0", "roster.version"),
        ('person = "hirano"', 'person = "sakamoto"', "custodians[1].person"),
        ('person = "nishimura"', 'person = "ishikawa"', "officers"),
        ('duty = "acceptance"', 'duty = "everything"', "officers[1].duties[0].duty"),
        ('duty = "acceptance"', 'duty = "audit"', "officers"),
        ("first_day = 2026-01-01 }", "first_day = 2026-01-01, last_day = 2025-01-01 }", "last_day"),
        ('name = "西村　徹"', 'name = "西村　徹"\npassword = "x"', "officers[1].password"),
        ('name = "西村　徹"', 'name = "西村　徹"\ncredentials = 7', "officers[1].credentials"),
        ("[[officers]]", "[[officer]]", "officer"),
    ],
)
def test_a_mistake_is_named_by_its_key(old, new, path):
    with pytest.raises(PlanRefused) as caught:
        load_plan(changed(old, new))
    assert path in caught.value.path


@pytest.mark.parametrize(
    ("credential", "path"),
    [
        ('{ id = "AA", public_key = "AA", medium = "virtual" }', "officers"),
        ('{ id = "AB", public_key = "AA", medium = "virtual" }', "officers[1].credentials[0].id"),
        ('{ id = "AA", public_key = "AA", medium = "paper" }', "officers[1].credentials[0].medium"),
        ('{ id = "AA", public_key = "AA" }', "officers[1].credentials[0].medium"),
    ],
)
def test_a_credential_that_is_none_is_refused(credential, path):
    with pytest.raises(PlanRefused) as caught:
        load_plan(changed('name = "西村　徹"', f'name = "西村　徹"\ncredentials = [{credential}]'))
    assert caught.value.path == path


@pytest.mark.parametrize("source", [b"", b"\xff", b"title = ", b"title = 1", b"[ca]\n"])
def test_what_is_no_plan_is_refused(source):
    with pytest.raises(PlanRefused):
        load_plan(source)


@given(st.integers(-3, 20), st.integers(2, 5))
def test_m_of_n_holds_between_two_and_all(threshold, count):
    custodians = ["sakamoto", "hirano", "uchida", "morita", "ono"][:count]
    quoted = ", ".join(f'"{person}"' for person in custodians)
    source = TEXT.replace("threshold = 3", f"threshold = {threshold}", 1).replace(
        '["sakamoto", "hirano", "uchida", "morita", "ono"]', f"[{quoted}]", 1
    )
    if 2 <= threshold <= count:
        assert load_plan(source.encode()).tokens[0].custodians == tuple(custodians)
    else:
        with pytest.raises(PlanRefused):
            load_plan(source.encode())
