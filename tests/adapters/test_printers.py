"""Printers: a folder for demonstrations, and a printer spoken to by IPP itself (19.3; RFC 8010, 8011)."""

import ipaddress
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from inro.adapters.ipp_printer import IppPrinter
from inro.adapters.pdf_folder_printer import PdfFolderPrinter
from inro.demo.servers.free_port import free_port
from inro.ports.errors import PrinterUnavailable

PDF = b"%PDF-1.7 a page"


class PrinterServer(HTTPServer):
    """A printer that keeps its jobs and answers as it is told."""

    jobs: list[bytes]
    answer: bytes
    http_status: int


class PrinterDesk(BaseHTTPRequestHandler):
    server: PrinterServer

    def do_POST(self) -> None:
        assert self.headers["Content-Type"] == "application/ipp"
        self.server.jobs.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(self.server.http_status)
        self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *arguments: object) -> None:
        pass


@contextmanager
def printer(
    answer: str = "0200000000000001 03", http_status: int = 200, *, own: Path | None = None
) -> Iterator[PrinterServer]:
    with PrinterServer(("127.0.0.1", 0), PrinterDesk) as server:
        server.jobs, server.answer, server.http_status = [], bytes.fromhex(answer), http_status
        if own is not None:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(own)
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def attributes(job: bytes) -> dict[str, str]:
    """Read the operation attributes of a request (RFC 8010 3.1.3)."""
    found, place = {}, 9
    while job[place] != 0x03:
        size = int.from_bytes(job[place + 1 : place + 3])
        name = job[place + 3 : place + 3 + size].decode()
        place += 3 + size
        size = int.from_bytes(job[place : place + 2])
        found[name] = job[place + 2 : place + 2 + size].decode()
        place += 2 + size
    found["document"] = job[place + 1 :].decode()
    return found


def test_document_is_sent_as_one_print_job():
    with printer() as server:
        port = server.server_port
        IppPrinter(host="127.0.0.1", port=port, path="/ipp/print").print_document("pin-mailer-M1", PDF)
    (job,) = server.jobs
    assert job[:9].hex() == "020000020000000101"
    told = attributes(job)
    assert list(told)[:2] == ["attributes-charset", "attributes-natural-language"]  # RFC 8011 4.1.4
    assert told["printer-uri"] == f"ipp://127.0.0.1:{port}/ipp/print"
    assert told["job-name"] == "pin-mailer-M1"
    assert told["document-format"] == "application/pdf"
    assert told["document"] == PDF.decode()


@pytest.mark.parametrize(
    ("answer", "http_status", "words"),
    [("02000507 00000001 03", 200, "0x0507"), ("", 503, "503"), ("0200", 200, "HTTP status 200")],
)
def test_printer_that_declines_is_told(answer: str, http_status: int, words: str):
    with printer(answer, http_status) as server, pytest.raises(PrinterUnavailable, match=words):
        IppPrinter(host="127.0.0.1", port=server.server_port, path="/ipp/print").print_document("a", PDF)


def test_printer_that_is_off_is_told():
    with pytest.raises(PrinterUnavailable, match="refused"):
        IppPrinter(host="127.0.0.1", port=free_port(), path="/ipp/print").print_document("a", PDF)


def test_pin_never_travels_in_the_clear():
    with pytest.raises(PrinterUnavailable, match="in the clear"):
        IppPrinter(host="192.0.2.1", port=631, path="/ipp/print").print_document("a", PDF)


def own_certificate(folder: Path, name: str) -> Path:
    """Make a printer's self-signed certificate; return the file with certificate and key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), 1, now, now + timedelta(days=1))
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    builder = builder.add_extension(address, critical=False)
    certificate = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / f"{name}.pem").write_bytes(certificate + secret)
    return folder / f"{name}.pem"


def test_document_goes_to_the_printer_named_and_no_other(tmp_path: Path):
    named, other = own_certificate(tmp_path, "named"), own_certificate(tmp_path, "other")
    with printer(own=named) as server:
        port = server.server_port
        IppPrinter(host="127.0.0.1", port=port, path="/ipp/print", certificate=named).print_document("a", PDF)
        stranger = IppPrinter(host="127.0.0.1", port=port, path="/ipp/print", certificate=other)
        with pytest.raises(PrinterUnavailable, match="CERTIFICATE_VERIFY_FAILED"):
            stranger.print_document("b", PDF)
    assert [attributes(job)["job-name"] for job in server.jobs] == ["a"]


def test_folder_takes_a_title_once(tmp_path: Path):
    PdfFolderPrinter(tmp_path / "paper").print_document("pin mailer/../M1", PDF)
    (printed,) = (tmp_path / "paper").iterdir()
    assert printed.name == "pin-mailer-..-M1.pdf"
    assert printed.read_bytes() == PDF
    with pytest.raises(PrinterUnavailable, match="File exists"):
        PdfFolderPrinter(tmp_path / "paper").print_document("pin mailer/../M1", b"again")
    assert printed.read_bytes() == PDF
