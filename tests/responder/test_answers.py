"""The responder answers what lies ready, signs what can't, and never goes on saying good (26, RFC 6960)."""

import asyncio
import gzip
import http.client
import os
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.x509 import ocsp
from hypothesis import given, settings
from hypothesis import strategies as st

from inro.adapters.ocsp_tree import FOLDER
from inro.pki import der
from inro.pki.ocsp_profile import NeverIssued, OcspProfile
from inro.pki.ocsp_request import MOST_OCTETS, answer_file, request_path
from inro.pki.ocsp_response import ErrorAnswer
from inro.ports.errors import PortError
from inro.responder.answers import Answers, Reply
from inro.responder.live import WAITING, Live, LiveKey
from tests.pki import material, ocsp_material
from tests.responder.given_answers import GONE, NOW, SoftKey, put, put_files, question
from tests.responder.serving import responder

VALID, REVOKED, STALE = (material.serial(name) for name in ("valid", "revoked", "stale"))
NEVER = material.serial("never")
AT = NOW.timestamp() + 60
EXAMPLES = int(os.environ.get("INRO_EXAMPLES", "1500"))


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A web tree with answers: one valid, one revoked, one out of force."""
    put(tmp_path, VALID)
    put(tmp_path, REVOKED, GONE)
    put(tmp_path, STALE, at=NOW - timedelta(hours=13))
    put_files(tmp_path)
    return tmp_path


def live_key(web: Path, token: SoftKey | None = None, **changes: object) -> LiveKey:
    """Return the key as a responder has it."""
    profile = ocsp_material.profile()
    values = {name: getattr(profile, name) for name in OcspProfile.__slots__}
    return LiveKey(
        token=token or SoftKey(),
        issuer=material.issuer(),
        profile=OcspProfile(**(values | changes)),
        folder=web / FOLDER,
    )


def ask(web: Path, asked: bytes, live: Live | None = None, at: float = AT) -> Reply:
    """Ask by POST."""
    return asyncio.run(Answers(web / FOLDER, live).asked(asked, at))


def read(reply: Reply) -> ocsp.OCSPResponse:
    """Read an answer."""
    return ocsp.load_der_ocsp_response(reply.body)


@pytest.mark.parametrize("kind", [SHA1(), SHA256()])
@pytest.mark.parametrize(("serial", "status"), [(VALID, "GOOD"), (REVOKED, "REVOKED")])
def test_what_lies_ready_is_given_by_get_and_post(web, kind, serial, status):
    asked = question(serial, kind)
    answers = Answers(web / FOLDER, None)
    by_post = asyncio.run(answers.asked(asked, AT))
    by_get = asyncio.run(answers.asked_by_path(request_path(asked), AT))
    assert by_get == by_post
    assert asyncio.run(answers.asked_by_path(request_path(asked), AT)) == by_get
    assert read(by_get).certificate_status.name == status
    headers = dict(by_get.headers)
    assert headers[b"cache-control"] == b"max-age=300, public, no-transform, must-revalidate"
    assert headers[b"content-type"] == b"application/ocsp-response"


def test_a_cache_keeps_nothing_past_next_update(web):
    late = NOW.timestamp() + 12 * 3600 - 40
    assert dict(ask(web, question(VALID), at=late).headers)[b"cache-control"].startswith(b"max-age=40,")
    assert ask(web, question(VALID), at=late + 40).body == ErrorAnswer.TRY_LATER.encoded
    assert ask(web, question(STALE)).body == ErrorAnswer.TRY_LATER.encoded
    assert ask(web, question(STALE, nonce=b"n" * 16), Live(live_key(web))).body == (
        ErrorAnswer.TRY_LATER.encoded
    )


def test_a_revocation_is_answered_from_the_next_question_on(web):
    answers, asked = Answers(web / FOLDER, None), question(VALID)
    assert read(asyncio.run(answers.asked(asked, AT))).certificate_status.name == "GOOD"
    put(web, VALID, GONE)
    assert read(asyncio.run(answers.asked(asked, AT))).certificate_status.name == "REVOKED"


def test_another_answer_of_the_same_instant_in_the_same_inode_is_seen(web):
    """A freed inode goes to the next file, and the mtime is the answer's own time."""
    answers, asked = Answers(web / FOLDER, None), question(VALID)
    file = web / FOLDER / answer_file(asked)
    other = file.read_bytes()
    put(web, VALID, hours=11)
    assert asyncio.run(answers.asked(asked, AT)).body != other
    state = file.stat()
    with file.open("r+b") as same:
        assert same.write(other) == state.st_size
    # The clock of the kernel's times goes in steps of some milliseconds.
    times = (state.st_atime_ns, state.st_mtime_ns)
    os.utime(file, ns=times)
    while file.stat().st_ctime_ns == state.st_ctime_ns:
        os.utime(file, ns=times)
    assert asyncio.run(answers.asked(asked, AT)).body == other


@pytest.mark.parametrize("octets", [1, 32, 128])
def test_a_nonce_is_answered_live_and_else_passed_over(web, octets):
    nonce = os.urandom(octets)
    reply = ask(web, question(REVOKED, nonce=nonce), Live(live_key(web)))
    answer = read(reply)
    assert answer.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce == nonce
    assert answer.certificate_status.name == "REVOKED"
    assert dict(reply.headers)[b"cache-control"] == b"no-store"
    without = read(ask(web, question(REVOKED, nonce=nonce)))
    assert len(list(without.extensions)) == 0


def test_never_issued_is_never_good(web):
    assert read(ask(web, question(NEVER), Live(live_key(web)))).certificate_status.name == "UNKNOWN"
    answer = read(ask(web, question(NEVER), Live(live_key(web, never_issued=NeverIssued.REVOKED))))
    assert answer.certificate_status.name == "REVOKED"
    assert answer.revocation_reason is x509.ReasonFlags.certificate_hold
    assert ask(web, question(NEVER)).body == ErrorAnswer.UNAUTHORIZED.encoded


def foreign(serial: int) -> bytes:
    """Return a question about another CA's certificate."""
    return question(serial).replace(ocsp_material.id_of(serial).key_hash, b"\1" * 20)


def test_another_ca_is_not_answered_for(web):
    for live in (None, Live(live_key(web))):
        assert ask(web, foreign(VALID), live).body == ErrorAnswer.UNAUTHORIZED.encoded


def several(*asked: bytes) -> bytes:
    """Return one question about all of them."""
    singles = [each[8:] if each[1] < 0x80 else each for each in asked]
    return der.encode(
        der.SEQUENCE,
        der.encode(
            der.SEQUENCE, der.encode(der.SEQUENCE, *(der.encode(der.SEQUENCE, single) for single in singles))
        ),
    )


def test_several_are_answered_in_their_order(web):
    asked = several(question(VALID), question(NEVER), question(REVOKED), foreign(VALID))
    answer = read(ask(web, asked, Live(live_key(web))))
    assert [single.certificate_status.name for single in answer.responses] == [
        "GOOD",
        "UNKNOWN",
        "REVOKED",
        "UNKNOWN",
    ]
    assert ask(web, asked).body == ErrorAnswer.UNAUTHORIZED.encoded


def test_an_answer_in_the_wrong_place_is_not_believed(web):
    here, there = (web / FOLDER / answer_file(question(serial)) for serial in (VALID, REVOKED))
    there.write_bytes(here.read_bytes())
    reply = ask(web, question(REVOKED, nonce=b"n" * 16), Live(live_key(web)))
    assert b"n" * 16 not in reply.body
    for content in (b"", b"\x30\x00", here.read_bytes()[:-9]):
        here.write_bytes(content)
        assert ask(web, question(VALID)).body == ErrorAnswer.TRY_LATER.encoded


class LostKey(SoftKey):
    """A token that is gone."""

    def sign(self, data: bytes) -> bytes:
        """Fail."""
        raise PortError("OCSP token", f"gone, with {len(data)} octets to sign")


def test_without_its_key_it_gives_what_lies_ready(web):
    live = Live(live_key(web, LostKey()))
    assert read(ask(web, question(VALID, nonce=b"n" * 16), live)).certificate_status.name == "GOOD"
    assert ask(web, question(NEVER), live).body == ErrorAnswer.TRY_LATER.encoded


def test_a_flood_gets_what_lies_ready(web):
    async def flood() -> list[bytes]:
        answers = Answers(web / FOLDER, Live(live_key(web)))
        asked = [answers.asked(question(VALID, nonce=os.urandom(16)), AT) for _ in range(WAITING * 2)]
        return [reply.body for reply in await asyncio.gather(*asked)]

    got = [ocsp.load_der_ocsp_response(body) for body in asyncio.run(flood())]
    assert {answer.certificate_status.name for answer in got} == {"GOOD"}
    assert sum(1 for answer in got if len(list(answer.extensions))) == WAITING


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.binary(max_size=300))
def test_any_body_is_answered(octets):
    reply = ask(Path("/nonexistent"), octets)
    assert reply.body in {error.encoded for error in ErrorAnswer}


# --- over HTTP


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, tuple[str, str]]]:
    """A tree, and two copies of the responder that serve it."""
    folder = tmp_path_factory.mktemp("web")
    put(folder, VALID)
    put(folder, REVOKED, GONE)
    (folder / "crl.crl").write_bytes(bytes(range(256)) * 400)
    log = tmp_path_factory.mktemp("log")
    with responder(folder, log / "1") as one, responder(folder, log / "2") as two:
        yield folder, (one.removeprefix("http://"), two.removeprefix("http://"))


def fetch(
    address: str, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers in lower case and body."""
    connection = http.client.HTTPConnection(address, timeout=300)
    try:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        connection.request(method, path, body=body, headers=named)
        answer = connection.getresponse()
        found = {name.lower(): text for name, text in answer.getheaders()}
        return answer.status, found | joined(answer), answer.read()
    finally:
        connection.close()


def joined(answer: http.client.HTTPResponse) -> dict[str, str]:
    """Return the headers that may come in several lines, joined."""
    found = answer.headers.get_all("cache-control")
    return {"cache-control": ", ".join(found)} if found else {}


def path_of(serial: int) -> str:
    """Return the path that asks about a certificate, escaped as Java does it."""
    return "/" + quote(request_path(question(serial)), safe="")


def test_every_copy_changes_within_a_second_of_the_file(served):
    folder, copies = served
    serial = material.serial("changing")
    put(folder, serial)
    for copy in copies:
        assert ocsp.load_der_ocsp_response(
            fetch(copy, "GET", path_of(serial))[2]
        ).certificate_status.name == ("GOOD")
    put(folder, serial, GONE)
    for copy in copies:
        for method, path, body in (("GET", path_of(serial), None), ("POST", "/", question(serial))):
            _, _, answer = fetch(copy, method, path, body)
            assert ocsp.load_der_ocsp_response(answer).certificate_status.name == "REVOKED"


def test_who_has_the_answer_is_told_so(served):
    _, (one, _) = served
    status, headers, body = fetch(one, "GET", path_of(VALID))
    assert (status, headers["content-type"]) == (200, "application/ocsp-response")
    assert fetch(one, "GET", path_of(VALID), If_None_Match=headers["etag"])[0] == 304
    assert fetch(one, "GET", path_of(VALID), If_Modified_Since=headers["last-modified"])[0] == 304
    assert fetch(one, "HEAD", path_of(VALID))[2] == b""
    assert headers["last-modified"].endswith("GMT")
    assert headers["expires"].endswith("GMT")
    raw = "/" + request_path(question(VALID))
    assert fetch(one, "GET", raw)[2] == body


def test_one_base64_in_64_ends_in_a_slash(served):
    folder, (one, _) = served
    serial = next(
        number
        for number in (material.serial(f"slash-{count}") for count in range(2000))
        if request_path(question(number)).endswith("/")
    )
    put(folder, serial)
    for path in (path_of(serial), "/" + request_path(question(serial))):
        assert len(fetch(one, "GET", path)[2]) > 1000


def test_what_is_no_question_is_malformed_or_nothing(served):
    _, (one, _) = served
    assert fetch(one, "POST", "/", b"x")[2] == ErrorAnswer.MALFORMED_REQUEST.encoded
    assert fetch(one, "GET", "/Malformed")[2] == ErrorAnswer.MALFORMED_REQUEST.encoded
    assert fetch(one, "GET", "/nothing")[0] == 404
    assert fetch(one, "POST", "/crl.crl", b"x")[0] == 405
    assert fetch(one, "POST", "/", bytes(MOST_OCTETS + 1))[0] == 413


def test_a_list_is_given_in_parts_and_compressed(served):
    folder, (one, _) = served
    whole = (folder / "crl.crl").read_bytes()
    status, headers, body = fetch(one, "GET", "/crl.crl", Range="bytes=100-199")
    assert (status, body, headers["content-range"]) == (206, whole[100:200], f"bytes 100-199/{len(whole)}")
    assert fetch(one, "GET", "/crl.crl", Range="bytes=-5")[2] == whole[-5:]
    assert fetch(one, "GET", "/crl.crl", Range="bytes=102300-")[2] == whole[102300:]
    assert fetch(one, "GET", "/crl.crl", Range=f"bytes={len(whole)}-")[0] == 416
    assert fetch(one, "GET", "/crl.crl", Range="bytes=0-9", If_Range='"old"')[0] == 200
    status, headers, body = fetch(one, "GET", "/crl.crl", Accept_Encoding="gzip, br")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == whole
    assert fetch(one, "GET", "/crl.crl", Accept_Encoding="gzip", If_None_Match=headers["etag"])[0] == 304
    assert fetch(one, "GET", "/crl.crl", Accept_Encoding="gzip;q=0")[2] == whole


def resident_kib(port: str) -> int:
    """Return the memory of the process that listens on a port."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
            status = (process / "status").read_text()
        except OSError:
            continue
        if port.encode() in words and b"inro.responder" in words:
            return int(status.split("VmRSS:")[1].split()[0])
    raise AssertionError(port)


def test_slow_and_greedy_clients_cost_little_and_hold_up_nobody(served):
    _, (one, _) = served
    host, port = one.split(":")
    fetch(one, "GET", path_of(VALID))
    before = resident_kib(port)
    slow = [socket.create_connection((host, int(port)), timeout=300) for _ in range(400)]
    try:
        for number, connection in enumerate(slow):
            heads = (
                b"GET /MFU",
                b"POST / HTTP/1.1\r\nContent-Length: 4000\r\n\r\nx",
                b"GET / HTTP/1.1\r\nA: ",
            )
            connection.sendall(heads[number % 3])
        greedy = socket.create_connection((host, int(port)), timeout=300)
        with greedy:
            try:
                for _ in range(64):
                    greedy.sendall(b"A" * 65536)
            except OSError:
                pass  # let go of, as it should be
        assert fetch(one, "GET", path_of(VALID))[0] == 200
        assert resident_kib(port) - before < 40_000
    finally:
        for connection in slow:
            connection.close()
