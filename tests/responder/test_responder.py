"""The responder gives published lists and certificates, and nothing else whatever is asked (4(6), 26.1)."""

import hashlib
import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.responder.serving import responder

LIST = os.urandom(700_000)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A web tree with a list, a certificate and things that must stay unseen."""
    folder = tmp_path_factory.mktemp("home") / "published"
    folder.mkdir()
    (folder / "crl.crl").write_bytes(LIST)
    (folder / "empty.crl").write_bytes(b"")
    (folder / "ca.cer").write_bytes(LIST[:900])
    (folder / "notes.txt").write_text("not published")
    (folder / ".crl.crl.part").write_text("half")
    (folder / "folder.crl").mkdir()
    (folder.parent / "secret.crl").write_text("outside")
    (folder / "link.crl").symlink_to(folder.parent / "secret.crl")
    return folder


@pytest.fixture(scope="module")
def address(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a responder that serves the tree."""
    with responder(tree, tmp_path_factory.mktemp("log") / "log") as address:
        yield address.removeprefix("http://")


def ask(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers in lower case and body of one request."""
    connection = http.client.HTTPConnection(address, timeout=300)
    try:
        connection.request(
            method, path, headers={name.replace("_", "-"): text for name, text in headers.items()}
        )
        answer = connection.getresponse()
        return answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_a_list_comes_whole_with_its_type_and_validators(address):
    status, headers, body = ask(address, "/crl.crl")
    assert status == 200
    assert body == LIST
    assert headers["content-type"] == "application/pkix-crl"
    assert headers["content-length"] == str(len(LIST))
    assert hashlib.sha256(LIST).hexdigest().startswith(headers["etag"].strip('"'))
    assert headers["last-modified"].endswith("GMT")
    assert headers["x-content-type-options"] == "nosniff"
    assert ask(address, "/ca.cer")[1]["content-type"] == "application/pkix-cert"
    assert ask(address, "/empty.crl")[2] == b""


def test_head_says_the_same_without_a_body(address):
    status, headers, body = ask(address, "/crl.crl", "HEAD")
    assert (status, headers["content-length"], body) == (200, str(len(LIST)), b"")


def test_who_has_it_is_told_so(address):
    headers = ask(address, "/crl.crl")[1]
    assert ask(address, "/crl.crl", If_None_Match=headers["etag"])[0] == 304
    assert ask(address, "/crl.crl", If_None_Match=f'"x", W/{headers["etag"]}')[0] == 304
    assert ask(address, "/crl.crl", If_None_Match='"x"', If_Modified_Since=headers["last-modified"])[0] == 200
    assert ask(address, "/crl.crl", If_Modified_Since=headers["last-modified"])[0] == 304
    assert ask(address, "/crl.crl", If_Modified_Since="Thu, 01 Jan 2015 00:00:00 GMT")[0] == 200
    assert ask(address, "/crl.crl", If_Modified_Since="yesterday")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "",
        "/notes.txt",
        "/.crl.crl.part",
        "/folder.crl",
        "/link.crl",
        "/absent.crl",
        "/../secret.crl",
        "/%2e%2e/secret.crl",
        "/..%2fsecret.crl",
        "//crl.crl",
        "/CRL.CRL",
        "/crl.crl/",
        "/crl.crl%00",
        "/crl.crl%0a",
        "/x/../crl.crl",
        "/crl.crl?x=1",
        "/%EF%BD%83rl.crl",
        "/" + "a" * 4000 + ".crl",
    ],
)
def test_nothing_else_is_served(address, path):
    status, _, body = ask(address, path)
    assert status in {400, 404, 414, 431}
    assert b"outside" not in body
    assert LIST[:50] not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND"])
def test_only_reading_is_answered(address, tree, method):
    status, headers, _ = ask(address, "/crl.crl", method)
    assert status == 405
    assert headers["allow"] == "GET, HEAD"
    assert (tree / "crl.crl").read_bytes() == LIST


def test_nonsense_does_not_end_it(address):
    host, port = address.split(":")
    for garbage in (b"\x16\x03\x01", b"GET\r\n\r\n", b"GET /crl.crl HTTP/9.9\r\n\r\n", os.urandom(400)):
        with socket.create_connection((host, int(port)), timeout=300) as raw:
            raw.sendall(garbage)
    assert ask(address, "/crl.crl")[0] == 200


def test_a_list_of_the_same_length_has_another_tag(address, tree):
    before = ask(address, "/ca.cer")[1]["etag"]
    part = tree / ".ca.part"
    part.write_bytes(LIST[900:1800])
    part.replace(tree / "ca.cer")
    _, headers, body = ask(address, "/ca.cer", If_None_Match=before)
    assert body == LIST[900:1800]
    assert headers["etag"] != before


@pytest.mark.parametrize(("option", "said"), [("--home", "inro.toml"), ("--folder", "no folder")])
def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path, option, said):
    done = subprocess.run(
        [sys.executable, "-m", "inro.responder", option, str(tmp_path / "absent")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
