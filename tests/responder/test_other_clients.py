"""OpenSSL, GnuTLS and Java ask the responder, and nginx alone, and hear the same (26, RFC 6960)."""

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from inro.demo.servers.free_port import LOOPBACK, free_port, listens
from inro.demo.servers.programs import end, wait_until
from inro.pki.assemble import join_verified
from inro.pki.ocsp_request import request_path
from inro.pki.ocsp_response import ErrorAnswer
from inro.practice.validity import ValidityPeriod, not_after
from tests.pki import material
from tests.responder.given_answers import GONE, NOW, put, put_files, question
from tests.responder.serving import responder
from tests.responder.test_answers import fetch, path_of

JAVA = Path(__file__).parents[1] / "pki" / "java" / "CheckOcsp.java"
CONFIGURATION = Path(__file__).parents[2] / "docs" / "operations" / "nginx" / "responder.conf"
NAMES = ("valid", "revoked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A web tree, the certificates as files, who serves the tree, and who serves pages."""

    folder: Path
    web: Path
    responder: str
    pages: str


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two certificates issued just before now, one of them revoked, and the responder."""
    folder, web = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("web")
    keep(folder, "ca", material.issuer().certificate)
    end_of_it = not_after(issued_at=NOW, period=ValidityPeriod.ONE_YEAR)
    for name in NAMES:
        asked = material.particulars(serial=material.serial(name), issued_at=NOW, not_after=end_of_it)
        tbs = material.draft(particulars=asked, examination_ended_at=NOW - timedelta(hours=1)).tbs
        keep(folder, name, signed(tbs))
    put(web, material.serial("valid"))
    put(web, material.serial("revoked"), GONE)
    put_files(web)
    (web / "crl.crl").write_bytes(material.signed_list())
    web.chmod(0o755)
    with responder(web, folder / "log") as address, pages(folder) as others:
        yield Site(folder=folder, web=web, responder=address, pages=others)


@contextmanager
def pages(folder: Path) -> Iterator[str]:
    """Serve a page of the practice statement, as the public site does."""
    (folder / "cps").mkdir()
    (folder / "cps" / "index.html").write_text("<title>CPS</title>", "utf-8")
    kind = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer((LOOPBACK, 0), kind) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://{LOOPBACK}:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def signed(tbs: bytes) -> bytes:
    """Return a certificate signed by the CA."""
    return join_verified(tbs, material.signer("ca")(tbs), material.issuer().public_key_info, position=2)


def keep(folder: Path, name: str, certificate: bytes) -> None:
    """Write a certificate in both forms."""
    (folder / f"{name}.der").write_bytes(certificate)
    pem = x509.load_der_x509_certificate(certificate).public_bytes(Encoding.PEM)
    (folder / f"{name}.pem").write_bytes(pem)


def run(*command: object) -> str:
    """Run a tool and return what it said."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize("options", [(), ("-no_nonce",), ("-sha256",), ("-no_nonce", "-sha256")])
def test_openssl_hears_good_and_revoked(site, options):
    for name, said in (("valid", "good"), ("revoked", "revoked")):
        certificates = ("-issuer", site.folder / "ca.pem")
        hashed = [option for option in options if option == "-sha256"]
        told = run(
            *("openssl", "ocsp", *certificates, *hashed, "-cert", site.folder / f"{name}.pem"),
            *("-url", site.responder, "-CAfile", site.folder / "ca.pem"),
            *(option for option in options if option != "-sha256"),
        )
        assert "Response verify OK" in told, told
        assert f"{name}.pem: {said}" in told, told


def test_gnutls_hears_good_and_revoked(site):
    for name, said in (("valid", "good"), ("revoked", "revoked")):
        told = run(
            *("ocsptool", f"--ask={site.responder}", "--load-issuer", site.folder / "ca.pem"),
            *(
                "--load-cert",
                site.folder / f"{name}.pem",
                "--load-trust",
                site.folder / "ca.pem",
                "--no-nonce",
            ),
        )
        assert re.search(rf"Certificate Status: {said}", told), told
        assert "Verifying OCSP Response: Success" in told, told


def test_curl_gets_a_list_whole_in_part_compressed_and_not_twice(site, tmp_path):
    address, signed = f"{site.responder}/crl.crl", (site.web / "crl.crl").read_bytes()
    tag, out = tmp_path / "tag", tmp_path / "out"

    def curl(*options: object) -> tuple[str, bytes]:
        out.write_bytes(b"")
        return run("curl", "-sS", "-o", out, "-w", "%{http_code}", *options, address), out.read_bytes()

    assert curl("--etag-save", tag) == ("200", signed)
    assert curl("--etag-compare", tag) == ("304", b"")
    assert curl("-r", "10-49") == ("206", signed[10:50])
    assert curl("--compressed") == ("200", signed)


def test_pkilint_s_own_program_finds_nothing_in_answers(site, tmp_path):
    """As a stranger runs it, at notices and above."""
    for name in NAMES:
        answer = tmp_path / f"{name}.ocsp"
        answer.write_bytes(
            fetch(site.responder.removeprefix("http://"), "GET", path_of(material.serial(name)))[2]
        )
        program = Path(sys.executable).with_name("lint_ocsp_response")
        done = subprocess.run(
            [program, "lint", "-s", "NOTICE", answer],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


def verdicts(site: Site, address: str) -> list[str]:
    """Return what Java says of both certificates."""
    certificates = [site.folder / f"{name}.der" for name in NAMES]
    patience = ("-Dcom.sun.security.ocsp.timeout=300", "-Dcom.sun.security.ocsp.readtimeout=300")
    command = ["java", *patience, JAVA, site.folder / "ca.der", address, *certificates]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_java_hears_good_and_revoked(site):
    assert verdicts(site, site.responder) == ["VALID", "REVOKED"]


@contextmanager
def nginx(site: Site) -> Iterator[tuple[str, str]]:
    """Run nginx alone with the shipped configuration; yield addresses of the lists and of the answers."""
    ports = free_port(), free_port()
    place = site.folder / "nginx"
    place.mkdir()
    text = CONFIGURATION.read_text("utf-8").replace("/srv/inro/repository", str(site.web))
    text = text.replace("127.0.0.1:8080", site.responder.removeprefix("http://"))
    text = text.replace("127.0.0.1:8002", site.pages.removeprefix("http://"))
    for port in ports:
        text = text.replace("listen 80;", f"listen {LOOPBACK}:{port};", 1)
    scratch = "".join(
        f"{kind}_temp_path {place}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (place / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {place}/pid; error_log {place}/error.log;"
        f"events {{ }} http {{ access_log off; {scratch} {text} }}",
        "utf-8",
    )
    log = place / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(place / "nginx.conf")],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        wait_until(lambda: listens(ports[1]), process, log)
        yield f"{LOOPBACK}:{ports[0]}", f"{LOOPBACK}:{ports[1]}"
    finally:
        end(process)


def test_nginx_alone_serves_lists_and_answers(site):
    """4(6): the shipped configuration gives the same octets as the responder."""
    with nginx(site) as (lists, answers):
        status, headers, body = fetch(lists, "GET", "/crl.crl")
        assert (status, headers["content-type"]) == (200, "application/pkix-crl")
        assert body == (site.web / "crl.crl").read_bytes()
        (site.web / "terms-2025-04-01.txt").write_bytes("約款".encode())
        status, headers, body = fetch(lists, "GET", "/terms-2025-04-01.txt")
        assert (status, headers["content-type"]) == (200, "text/plain; charset=utf-8")
        assert body == "約款".encode()
        assert fetch(lists, "GET", "/ocsp/responder.cer")[0] == 404
        assert fetch(lists, "GET", "/cps/")[2] == b"<title>CPS</title>"
        ours = site.responder.removeprefix("http://")
        for name in NAMES:
            serial = material.serial(name)
            for path in (path_of(serial), "/" + request_path(question(serial))):
                status, headers, body = fetch(answers, "GET", path)
                assert body == fetch(ours, "GET", path)[2]
                assert headers["content-type"] == "application/ocsp-response"
                assert "max-age=300" in headers["cache-control"]
        assert fetch(answers, "POST", "/", question(serial))[2] == body
        status, headers, body = fetch(answers, "GET", path_of(material.serial("never")))
        assert (status, body) == (200, ErrorAnswer.UNAUTHORIZED.encoded)
        assert headers["cache-control"] == "no-store"
        slash = next(
            number
            for number in (material.serial(f"slash-{count}") for count in range(2000))
            if request_path(question(number)).endswith("/")
        )
        put(site.web, slash)
        assert len(fetch(answers, "GET", path_of(slash))[2]) > 1000
        assert verdicts(site, f"http://{answers}") == ["VALID", "REVOKED"]
