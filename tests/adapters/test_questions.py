"""Questions to strangers' servers end within their bounds, whatever the server does (4(6))."""

import itertools
import ssl
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inro.adapters.http_question import http_question
from inro.adapters.ldap_question import ldap_question, read_ldap_address
from inro.demo.servers.free_port import LOOPBACK, free_port
from inro.demo.servers.slapd import SlapdServer
from inro.pki import der
from inro.ports.fetching import Bounds, FetchFailed, Place
from inro.practice.probe import Problem
from tests.adapters.hostile_server import hostile_server
from tests.adapters.test_ldap_directory import CRL, directory, revocation_list

BOUNDS = Bounds(seconds=60.0, octets=1000)
# For servers whose answer would never end.
HASTY = replace(BOUNDS, seconds=1.0)
OK = b"HTTP/1.1 200 OK\r\n"
ENTRY = "cn=CA,c=JP"
LDAP = f"ldap://directory.example/{ENTRY}?certificateRevocationList;binary?base"


def web(sent: list[bytes], *, bounds: Bounds = BOUNDS, **server: object) -> bytes:
    """Ask a hostile web server."""
    with hostile_server(sent, **server) as port:
        return http_question(f"http://{LOOPBACK}:{port}/crl.crl", bounds=bounds)


def ldap(sent: list[bytes], *, bounds: Bounds = BOUNDS, **server: object) -> bytes:
    """Ask a hostile directory."""
    with hostile_server(sent, **server) as port:
        return ldap_question(LDAP, bounds=bounds, at=Place(host=LOOPBACK, port=port))


def message(kind: int, *content: bytes) -> bytes:
    """Return one LDAP message."""
    return der.encode(der.SEQUENCE, der.encode_integer(1), der.encode(kind, *content))


def entry(*values: bytes, name: bytes = b"certificateRevocationList;binary") -> bytes:
    """Return a search's entry with one attribute."""
    held = (der.encode(der.OCTET_STRING, value) for value in values)
    attribute = der.encode(der.SEQUENCE, der.encode(der.OCTET_STRING, name), der.encode(der.SET, *held))
    return message(0x64, der.encode(der.OCTET_STRING, b"cn=CA"), der.encode(der.SEQUENCE, attribute))


def done(code: int = 0) -> bytes:
    """Return a search's end."""
    return message(0x65, der.encode(der.ENUMERATED, bytes((code,))), der.encode(4, b""), der.encode(4, b""))


def test_a_web_server_gives_its_answer():
    assert web([OK + b"Content-Length: 3\r\n\r\nabc"]) == b"abc"
    assert web([OK + b"\r\nabc"]) == b"abc"


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ([b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n"], Problem.REFUSED),
        (
            [b"HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"],
            Problem.REFUSED,
        ),
        ([b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"], Problem.NOT_THERE),
        ([b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"], Problem.REFUSED),
        ([OK + b"Content-Length: 1001\r\n\r\n"], Problem.TOO_LARGE),
        ([OK + b"\r\n", *[b"x" * 500] * 3], Problem.TOO_LARGE),
        ([OK + b"Content-Length: 900\r\n\r\nabc"], Problem.CUT_SHORT),
        ([OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabc"], Problem.CUT_SHORT),
        ([OK + b"Content-Length: nine\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"], Problem.CUT_SHORT),
        ([b"SSH-2.0-x\r\n"], Problem.REFUSED),
        ([b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200], Problem.REFUSED),
        ([], Problem.REFUSED),
    ],
)
def test_a_web_server_that_answers_otherwise_is_told_by_its_problem(sent, problem):
    with pytest.raises(FetchFailed) as failed:
        web(sent)
    assert failed.value.problem is problem


@pytest.mark.parametrize(
    "sent",
    [
        [OK + b"\r\n", *[b"x"] * 50],
        [b"H"] * 50,
        [OK, *[b"A: b\r\n"] * 50],
    ],
)
def test_a_web_server_that_drips_is_left_when_the_time_is_over(sent):
    with pytest.raises(FetchFailed) as failed:
        web(sent, bounds=HASTY, pause=0.1)
    assert failed.value.problem is Problem.TOO_SLOW


def test_a_silent_server_is_left_when_the_time_is_over():
    for ask in (web, ldap):
        with pytest.raises(FetchFailed) as failed:
            ask([], bounds=HASTY, hang=True)
        assert failed.value.problem is Problem.TOO_SLOW


def test_nobody_there_is_said():
    with pytest.raises(FetchFailed) as failed:
        http_question(f"http://{LOOPBACK}:{free_port()}/", bounds=BOUNDS)
    assert failed.value.problem is Problem.UNREACHABLE


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://h/x", "http:///x", "http://u:p@h/", "ldap://h/"]
)
def test_only_addresses_of_the_web_are_asked(address):
    with pytest.raises(FetchFailed) as failed:
        http_question(address, bounds=BOUNDS)
    assert failed.value.problem is Problem.REFUSED


def test_a_tls_server_that_drips_is_left_too(tmp_path: Path):
    """TLS takes the socket over; the watch over the connection stays."""
    with (
        hostile_server([b"\x16\x03\x03\x40\x00", *[b"x"] * 50], pause=0.1) as port,
        pytest.raises(FetchFailed) as failed,
    ):
        http_question(f"https://localhost:{port}/", bounds=HASTY)
    assert failed.value.problem is Problem.TOO_SLOW
    assert ssl.HAS_TLSv1_2


def test_a_real_directory_gives_the_list_to_a_stranger(slapd: SlapdServer, tmp_path: Path):
    password = tmp_path / "password"
    password.write_text(slapd.admin_password)
    large = revocation_list(4, padding=490_000)
    directory(slapd, password, "cn=Asked CA").publish("certificateRevocationList;binary", CRL)
    directory(slapd, password, "cn=Asked Large").publish("certificateRevocationList;binary", large)
    bounds = replace(BOUNDS, octets=len(large))
    address = slapd.url + "/cn=Asked%20{},o=Test%20CA,c=JP?certificateRevocationList;binary?base"
    assert ldap_question(address.format("CA"), bounds=bounds) == CRL
    assert ldap_question(address.format("Large"), bounds=bounds) == large
    for absent in (address.format("Nobody"), address.format("CA").replace("certificate", "authority")):
        with pytest.raises(FetchFailed) as failed:
            ldap_question(absent, bounds=bounds)
        assert failed.value.problem is Problem.NOT_THERE
    with pytest.raises(FetchFailed) as failed:
        ldap_question(address.format("Large"), bounds=BOUNDS)
    assert failed.value.problem is Problem.TOO_LARGE


def test_lengths_need_not_be_the_shortest():
    plain = entry(b"list")
    long_form = b"\x30\x84" + (len(plain) - 2).to_bytes(4) + plain[2:]
    assert ldap([long_form + done()]) == b"list"


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ([done(32)], Problem.NOT_THERE),
        ([done()], Problem.NOT_THERE),
        ([entry(b"a", name=b"userPassword"), done()], Problem.NOT_THERE),
        ([entry(b"a", b"b"), done()], Problem.REFUSED),
        ([message(0x65, der.encode(der.ENUMERATED, b"\x0a"))], Problem.REFUSED),
        ([message(0x73, der.encode(4, b"ldap://127.0.0.1:1/"))] * 20, Problem.REFUSED),
        ([b"\x30\x85\x7f\xff\xff\xff\xff"], Problem.TOO_LARGE),
        ([b"\x30\x80"], Problem.REFUSED),
        ([entry(b"abc")[:-2]], Problem.CUT_SHORT),
        ([b"HTTP/1.1 200 OK\r\n\r\n"], Problem.REFUSED),
        ([b"\x30\x03\x02\x01\x01"], Problem.REFUSED),
        ([message(0x65)], Problem.REFUSED),
        ([message(0x64, b"\x04\xff")], Problem.REFUSED),
    ],
)
def test_a_directory_that_answers_otherwise_is_told_by_its_problem(sent, problem):
    with pytest.raises(FetchFailed) as failed:
        ldap(sent)
    assert failed.value.problem is problem


def test_a_directory_that_drips_is_left_when_the_time_is_over():
    with pytest.raises(FetchFailed) as failed:
        ldap([bytes((octet,)) for octet in itertools.chain(entry(bytes(200)))], bounds=HASTY, pause=0.05)
    assert failed.value.problem is Problem.TOO_SLOW


@given(st.binary(max_size=60))
@settings(max_examples=60)
def test_any_octets_from_a_directory_are_a_value_or_a_problem(octets: bytes):
    answered: bytes | FetchFailed
    try:
        answered = ldap([octets])
    except FetchFailed as failed:
        answered = failed
    assert isinstance(answered, FetchFailed)


@pytest.mark.parametrize(
    "address",
    [
        "ldap://h/cn=CA?a?sub",
        "ldap://h/cn=CA",
        "ldaps://h/cn=CA?a",
        "http://h/cn=CA?a",
        "ldap:///cn=CA?a",
    ],
)
def test_an_address_that_names_no_attribute_of_one_entry_is_refused(address):
    with pytest.raises(FetchFailed):
        read_ldap_address(address)


def test_an_address_is_read_as_it_is_meant():
    read = read_ldap_address("ldap://h:3890/CN=%E8%AA%8D%E8%A8%BC,C=JP?certificateRevocationList;binary")
    assert (read.host, read.port, read.entry) == ("h", 3890, "CN=認証,C=JP")
    assert read.attribute == "certificateRevocationList;binary"
