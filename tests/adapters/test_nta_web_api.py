"""The Web-API of Corporate Numbers against a server that speaks its format, also when it lies (8.2)."""

import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from inro.adapters.nta_web_api import LARGEST_ANSWER, NtaWebApi, WebApiAccess
from inro.japanese.numbers import corporate_number_of
from inro.ports.errors import CorporateRegisterUnavailable
from inro.practice.corporate_number import ConfirmationMethod
from tests import published
from tests.servers.families import until

SECRET = "KaikeiNoHimitsu1"
MANY = [corporate_number_of(f"{place:012d}") for place in range(1, 24)]
TARGET = "/4/num"

type Answer = Callable[[BaseHTTPRequestHandler, list[str]], None]


class Agency(ThreadingHTTPServer):
    """A server on loopback that remembers what it was asked, and answers as a test says."""

    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.answer = answer
        self.asked: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.over = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Desk(BaseHTTPRequestHandler):
    """One question and its answer."""

    server: Agency

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.server.asked.append(asked)
        self.server.paths.append(parts.path)
        try:
            self.server.answer(self, asked["number"].split(","))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nothing on the test's terminal."""

    def give(self, octets: bytes, *, status: int = 200) -> None:
        """Answer with these octets."""
        self.send_response(status)
        self.send_header("Content-Type", "text/csv;charset=UTF-8")
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)


def body(numbers: list[str], *, head: str = "", **changes: str) -> bytes:
    """Return an answer as the Agency writes it."""
    rows = [published.fields(**{"corporateNumber": number} | changes) for number in numbers]
    return (head or f"2026-11-30,{len(rows)},1,1\r\n").encode() + published.text(rows).encode()


def honest(desk: BaseHTTPRequestHandler, numbers: list[str]) -> None:
    desk.give(body(numbers))


@contextmanager
def agency(answer: Answer) -> Iterator[Agency]:
    with Agency(answer) as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            serving.join()


@pytest.fixture
def id_file(tmp_path: Path) -> Path:
    file = tmp_path / "application-id"
    file.write_text(SECRET + "\n")
    return file


def api(server: Agency, id_file: Path, *, timeout: float = 300) -> NtaWebApi:
    access = WebApiAccess(application_id_from=id_file, address=server.address, timeout=timeout)
    return NtaWebApi(access)


def test_what_is_published_is_answered_by_number(id_file):
    with agency(honest) as server:
        answer = api(server, id_file).look_up([published.NUMBER])
    assert answer.method is ConfirmationMethod.WEB_API
    assert answer.published_on == date(2026, 11, 30)
    assert answer.entries == {published.NUMBER: published.entry()}
    assert server.paths == [TARGET]
    assert server.asked == [{"id": SECRET, "number": published.NUMBER, "type": "02", "history": "0"}]


def test_ten_numbers_are_asked_for_in_a_call(id_file):
    with agency(honest) as server:
        answer = api(server, id_file).look_up([*MANY, MANY[0]])
    assert list(answer.entries) == MANY
    assert [len(asked["number"].split(",")) for asked in server.asked] == [10, 10, 3]


def test_what_is_not_published_is_missing_in_the_answer(id_file):
    with agency(lambda desk, _: desk.give(b"2026-11-30,0,1,1\r\n")) as server:
        answer = api(server, id_file).look_up([published.NUMBER])
    assert dict(answer.entries) == {}


def silent(desk: BaseHTTPRequestHandler, _: list[str]) -> None:
    desk.server.over.wait()


def dripping(desk: BaseHTTPRequestHandler, numbers: list[str]) -> None:
    desk.send_response(200)
    desk.end_headers()
    octets = body(numbers)
    while not desk.server.over.wait(0.05):
        desk.wfile.write(octets[:1])
        desk.wfile.flush()


def cut_short(desk: BaseHTTPRequestHandler, numbers: list[str]) -> None:
    desk.send_response(200)
    desk.send_header("Content-Length", "100000")
    desk.end_headers()
    desk.wfile.write(body(numbers))


def gives(octets: bytes) -> Answer:
    return lambda desk, _: desk.give(octets)


ONE = [published.NUMBER]
LIES = {
    "another number": gives(body([published.OTHER])),
    "one number more": gives(body([published.NUMBER, published.OTHER])),
    "a number twice": gives(body(ONE * 2)),
    "a wrong check digit": gives(body(["7" + published.NUMBER[1:]])),
    "a wrong count": gives(body(ONE, head="2026-11-30,2,1,1\r\n")),
    "the first of two parts": gives(body(ONE, head="2026-11-30,1,1,2\r\n")),
    "no head": gives(published.text([published.fields()]).encode()),
    "no day": gives(body(ONE, head="yesterday,1,1,1\r\n")),
    "too short a head": gives(body(ONE, head="2026-11-30,1\r\n")),
    "nothing": gives(b""),
    "a page": gives("<html>ただいま混み合っています</html>".encode()),
    "octets": gives(bytes(range(256))),
    "29 columns": gives(b"2026-11-30,1,1,1\r\n" + b"1," * 28 + b"1\r\n"),
    "the other encoding": gives(b"2026-11-30,1,1,1\r\n" + published.csv_octets(encoding="cp932")),
    "too much": gives(b"2026-11-30,1,1,1\r\n" + b"x" * LARGEST_ANSWER),
    "another place": lambda desk, _: (
        desk.send_response(302),
        desk.send_header("Location", "/elsewhere"),
        desk.end_headers(),
    ),
    "half of it": cut_short,
    "silence": silent,
    "drops": dripping,
}
UNENDING = ("silence", "drops")


@pytest.mark.parametrize("lie", LIES)
def test_what_cannot_be_believed_is_refused_without_the_secret(id_file, lie):
    with agency(LIES[lie]) as server:
        refused = refusal(api(server, id_file, timeout=0.5 if lie in UNENDING else 60.0))
        # Who asked in vain may have left before the question was read.
        until(lambda: server.paths != [])
    assert refused.do
    assert len(server.paths) == 1


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_what_the_agency_refuses_is_told_with_the_way_out(id_file, status):
    with agency(lambda desk, _: desk.give("020,不正です\r\n".encode(), status=status)) as server:
        refused = refusal(api(server, id_file))
    assert f"HTTP {status}" in refused.detail
    assert refused.do


def test_an_agency_that_is_not_there_is_unavailable(id_file):
    with agency(honest) as server:
        gone = api(server, id_file)
    refusal(gone)


def refusal(register: NtaWebApi) -> CorporateRegisterUnavailable:
    with pytest.raises(CorporateRegisterUnavailable) as caught:
        register.look_up(ONE)
    assert SECRET not in "".join(traceback.format_exception(caught.value)) + repr(caught.value.args)
    return caught.value


@pytest.mark.parametrize(
    "address",
    [
        "http://api.houjin-bangou.example",
        "http://192.0.2.1",
        "ftp://127.0.0.1",
        "api.houjin-bangou.example",
        "https://",
        "",
    ],
)
def test_the_secret_travels_in_the_clear_to_nobody(id_file, address):
    with pytest.raises(CorporateRegisterUnavailable) as caught:
        NtaWebApi(WebApiAccess(application_id_from=id_file, address=address))
    assert "https" in caught.value.detail


@pytest.mark.parametrize("content", [b"", b"two words", b"a&number=1", "鍵".encode(), b"x" * 65, b"\xff\r\n"])
def test_a_file_without_an_application_id_is_refused_without_being_quoted(tmp_path, content):
    file = tmp_path / "application-id"
    file.write_bytes(content)
    with pytest.raises(CorporateRegisterUnavailable) as caught:
        NtaWebApi(WebApiAccess(application_id_from=file))
    assert "two words" not in str(caught.value)
    with pytest.raises(CorporateRegisterUnavailable):
        NtaWebApi(WebApiAccess(application_id_from=tmp_path / "nowhere"))
