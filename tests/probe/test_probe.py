"""What the prober says of a house in operation, and of one where something is wrong (4(6), 26.1, 26.2)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inro.configuration.errors import ConfigurationRefused
from inro.demo.servers.free_port import LOOPBACK, free_port
from inro.pki.crl import ListKind
from inro.pki.ocsp_response import Revocation
from inro.ports.fetching import Place
from inro.practice.probe import ProbeResult, Problem
from inro.probe.memory import Memory, MemoryLost, read_memory, write_memory
from inro.probe.plan import Plan, Route, load_plan
from inro.probe.round import probe_once
from inro.words.probe import PROBLEMS, probe_lines
from tests.pki import material
from tests.probe.given_house import GONE, GOOD, GivenHouse, front, given_house, given_list
from tests.responder import given_answers

CRL = "http://repository.inro.example/crl.crl"
NOTHING: Memory = {}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GivenHouse]:
    with given_house(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture
def house(running: GivenHouse) -> GivenHouse:
    """The house with everything in order again."""
    running.instead.clear()
    running.instead["/cps/"] = b"<title>CPS</title>"
    running.publish()
    given_answers.put(running.web, GOOD)
    given_answers.put(running.web, GONE, Revocation(revoked_at=given_answers.NOW, reason_code=1))
    return running


def probed(house: GivenHouse, *, plan: Plan | None = None, before: Memory = NOTHING) -> ProbeResult:
    """Return what a round finds; nobody waits."""
    return probe_once(plan or house.plan(), before=before, now=datetime.now(UTC), wait=lambda _: None)[0]


def found(result: ProbeResult) -> set[Problem]:
    """Return the kinds of what was found."""
    return {one.problem for one in result.findings}


def test_a_house_in_order_is_well(house: GivenHouse) -> None:
    result = probed(house)
    assert result.findings == ()
    # Both halves of the CRL, the full CRL, CA certificate, CPS; two serials, two hashes, GET and POST.
    assert result.checked == 3 + 2 + 8
    assert result.is_well
    assert result.next_by == result.began_at + timedelta(minutes=45)


def test_a_directory_that_is_down_is_told(house: GivenHouse) -> None:
    plan = house.plan()
    (route,) = plan.routes
    hosts = {**route.hosts, "directory.inro.example": Place(host=LOOPBACK, port=free_port())}
    result = probed(house, plan=replace(plan, routes=(Route(name="here", hosts=hosts),)))
    assert [(one.problem, one.address.partition(":")[0]) for one in result.findings] == [
        (Problem.UNREACHABLE, "ldap")
    ]


def test_halves_that_differ_are_asked_again_and_then_told(house: GivenHouse) -> None:
    """One half has the next list; the other still the one before."""
    house.number += 1
    house.put_on_web(ListKind.CRL, given_list(ListKind.CRL, number=house.number))
    assert found(probed(house)) == {Problem.CHANNELS_DIFFER}

    def other_half_follows(_seconds: float) -> None:
        house.publish_list(ListKind.CRL, web=None)
        house.put_on_web(ListKind.CRL, house.published[ListKind.CRL])

    result, _ = probe_once(house.plan(), before=NOTHING, now=datetime.now(UTC), wait=other_half_follows)
    assert result.findings == ()


def test_a_mirror_with_an_old_list_is_told(house: GivenHouse, tmp_path: Path) -> None:
    plan = house.plan()
    (route,) = plan.routes
    with given_mirror(house, old=house.published[ListKind.CRL]) as place:
        house.publish()
        mirror = Route(name="mirror", hosts={**route.hosts, "repository.inro.example": place})
        result = probed(house, plan=replace(plan, routes=(route, mirror)))
    assert found(result) == {Problem.CHANNELS_DIFFER}
    assert [one.route for one in result.findings] == ["here, mirror"]


@contextmanager
def given_mirror(house: GivenHouse, *, old: bytes) -> Iterator[Place]:
    """Run another front before the same responder, whose CRL is an older one."""
    with front(f"http://{LOOPBACK}:{house.port}", {"/crl.crl": old}) as port:
        yield Place(host=LOOPBACK, port=port)


@pytest.mark.parametrize(
    ("octets", "problem"),
    [
        (b"", Problem.NO_LIST),
        (b"<html>maintenance</html>", Problem.NO_LIST),
        (b"cut", Problem.NO_LIST),
    ],
)
def test_what_is_no_list_is_told(house: GivenHouse, octets: bytes, problem: Problem) -> None:
    whole = house.published[ListKind.CRL]
    house.instead["/crl.crl"] = whole[:-10] if octets == b"cut" else octets
    assert found(probed(house)) == {problem, Problem.CHANNELS_DIFFER}


def test_a_list_of_another_issuer_is_told(house: GivenHouse) -> None:
    """A wrong CA's list lay under the right address elsewhere, and an outsider found it."""
    whole = house.published[ListKind.FULL_CRL]
    name = material.issuer().name
    foreign = whole.replace(name, name.replace(b"CA 1", b"CA 2"))
    house.instead["/full.crl"] = foreign
    assert found(probed(house)) == {Problem.OTHER_ISSUER}


def test_a_list_with_another_signature_or_scope_is_told(house: GivenHouse) -> None:
    whole = house.published[ListKind.CRL]
    house.instead["/crl.crl"] = whole[:-1] + bytes((whole[-1] ^ 1,))
    assert Problem.BAD_SIGNATURE in found(probed(house))
    house.instead["/crl.crl"] = house.published[ListKind.ARL]
    assert Problem.OTHER_SCOPE in found(probed(house))


@pytest.mark.parametrize(
    ("age", "lasts", "problem"),
    [
        (timedelta(hours=26), timedelta(hours=48), Problem.NOT_RENEWED),
        (timedelta(hours=40), timedelta(hours=48), Problem.NOT_RENEWED),
        (timedelta(hours=20), timedelta(hours=24), Problem.LITTLE_ROOM),
        (timedelta(hours=49), timedelta(hours=48), Problem.EXPIRED),
        (-timedelta(hours=1), timedelta(hours=47), Problem.OF_THE_FUTURE),
    ],
)
def test_a_list_that_is_stale_or_early_is_told(
    house: GivenHouse, age: timedelta, lasts: timedelta, problem: Problem
) -> None:
    issued = datetime.now(UTC).replace(microsecond=0) - age
    house.publish(this_update=issued, next_update=issued + lasts)
    assert found(probed(house)) == {problem}


def test_a_list_that_goes_back_or_changes_under_its_number_is_told(house: GivenHouse) -> None:
    plan = house.plan()
    first = house.published[ListKind.FULL_CRL]
    house.publish()
    _, seen = probe_once(plan, before=NOTHING, now=datetime.now(UTC), wait=lambda _: None)
    house.instead["/full.crl"] = first
    again, kept = probe_once(plan, before=seen, now=datetime.now(UTC), wait=lambda _: None)
    assert found(again) == {Problem.WENT_BACK}
    # What went back is not what the next is held against.
    assert kept["here http://repository.inro.example/full.crl"].number == house.number
    house.instead["/full.crl"] = given_list(ListKind.FULL_CRL, number=house.number, entries=())
    assert Problem.CHANGED_UNDER_NUMBER in found(probed(house, before=seen))


def test_a_revoked_certificate_that_is_answered_good_is_told(house: GivenHouse) -> None:
    given_answers.put(house.web, GONE)
    result = probed(house)
    assert found(result) == {Problem.REVOKED_CALLED_GOOD}
    assert f"{GONE:x}" in result.findings[0].detail


def test_a_certificate_on_no_list_that_is_answered_revoked_is_told(house: GivenHouse) -> None:
    given_answers.put(house.web, GOOD, Revocation(revoked_at=given_answers.NOW, reason_code=1))
    assert found(probed(house)) == {Problem.VALID_CALLED_REVOKED}


def test_answers_that_cannot_be_believed_are_told(house: GivenHouse) -> None:
    given_answers.put(house.web, GOOD, at=given_answers.NOW - timedelta(hours=13), hours=12)
    # Past its end the responder itself says so.
    assert found(probed(house)) == {Problem.NO_ANSWER}


def test_another_certificate_or_an_empty_page_is_told(house: GivenHouse) -> None:
    house.instead |= {"/ca.cer": material.certificate(), "/cps/": b" \n"}
    assert found(probed(house)) == {Problem.OTHER_CERTIFICATE, Problem.EMPTY}


def test_a_list_larger_than_the_bounds_is_told(house: GivenHouse) -> None:
    house.instead["/full.crl"] = bytes(9 << 20)
    assert found(probed(house)) == {Problem.TOO_LARGE}


def test_memory_is_kept_whole_and_its_loss_is_told(house: GivenHouse, tmp_path: Path) -> None:
    _, seen = probe_once(house.plan(), before=NOTHING, now=datetime.now(UTC), wait=lambda _: None)
    file = tmp_path / "memory.json"
    assert read_memory(file) == {}
    write_memory(file, seen)
    assert read_memory(file) == seen
    for text in ("", "[]", '{"a": 1}', '{"a": {"number": "x"}}'):
        file.write_text(text)
        with pytest.raises(MemoryLost):
            read_memory(file)


def test_a_round_is_the_same_from_its_record_and_is_told_in_both_languages(house: GivenHouse) -> None:
    house.instead["/full.crl"] = b""
    result = probed(house)
    assert ProbeResult.from_record(json.loads(json.dumps(result.as_record()))) == result
    lines = "\n".join(probe_lines(result))
    assert "失効リストとして読めません: http://repository.inro.example/full.crl [here]" in lines
    assert "it cannot be read as a list: http://repository.inro.example/full.crl [here]" in lines


def test_every_problem_has_words() -> None:
    assert set(PROBLEMS) == {problem.value for problem in Problem}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"name": "x" * 41}, "name"),
        ({"every_minutes": 0}, "every_minutes"),
        ({"issuers": ["subscriber.der"]}, ""),
        ({"certificates": ["absent.der"]}, ""),
        ({"certificates": ["probe.toml"]}, ""),
        ({"unknown": 1}, "unknown"),
    ],
)
def test_a_plan_that_is_not_right_is_refused_by_its_key(
    house: GivenHouse, changes: dict[str, object], key: str
) -> None:
    with pytest.raises(ConfigurationRefused) as refused:
        house.plan(**changes)
    assert refused.value.key == key


def test_a_route_must_name_hosts_and_ports(tmp_path: Path, house: GivenHouse) -> None:
    house.plan()
    file = house.folder / "probe.toml"
    file.write_text(file.read_text("utf-8").replace(f":{house.port}", ""), "utf-8")
    with pytest.raises(ConfigurationRefused, match="host:port"):
        load_plan(file)
