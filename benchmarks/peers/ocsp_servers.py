"""Other programs that answer about certificates: nginx and cfssl with ready answers, `openssl ocsp` live."""

import base64
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from inro.demo.servers.free_port import LOOPBACK, free_port, listens
from inro.demo.servers.programs import end, wait_until
from tests.pki import material, ocsp_material
from tests.responder.given_answers import RESPONDER

_NGINX = """master_process off; daemon off; pid {place}/pid; error_log {place}/error.log;
events {{ worker_connections 1024; }}
http {{ access_log off; keepalive_requests 1000000; types {{ }} default_type application/ocsp-response;
client_body_temp_path {place}/1; proxy_temp_path {place}/2; fastcgi_temp_path {place}/3;
uwsgi_temp_path {place}/4; scgi_temp_path {place}/5;
server {{ listen {host}:{port}; root {root}; location / {{ expires 5m; try_files $uri.der =404; }} }} }}
"""


@contextmanager
def nginx(place: Path, answers: Path) -> Iterator[str]:
    """Serve the tree of answers as files and yield the address."""
    port = free_port()
    folder = place / "nginx"
    folder.mkdir()
    (folder / "nginx.conf").write_text(_NGINX.format(place=folder, host=LOOPBACK, port=port, root=answers))
    command = ["nginx", "-c", str(folder / "nginx.conf")]
    with _running(command, lambda: listens(port), folder / "log"):
        yield f"http://{LOOPBACK}:{port}"


@contextmanager
def cfssl(place: Path, answers: Path) -> Iterator[str]:
    """Serve the same answers from cfssl's memory and yield the address."""
    port, lines = free_port(), place / "cfssl.txt"
    files = sorted(answers.rglob("*.der"))
    lines.write_bytes(b"\n".join(base64.b64encode(file.read_bytes()) for file in files))
    command = ["cfssl", "ocspserve", "-loglevel", "5", "-address", LOOPBACK, "-port", str(port)]
    with _running([*command, "-responses", str(lines)], lambda: listens(port), place / "cfssl.log"):
        yield f"http://{LOOPBACK}:{port}"


@contextmanager
def openssl(place: Path, serials: Sequence[int]) -> Iterator[int]:
    """Let `openssl ocsp` sign for each question and yield its port."""
    keep = {"ca": material.issuer().certificate, "responder": RESPONDER.certificate}
    for name, certificate in keep.items():
        pem = x509.load_der_x509_certificate(certificate).public_bytes(Encoding.PEM)
        (place / f"{name}.pem").write_bytes(pem)
    key = material.key(ocsp_material.KEY)
    (place / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    lines = (f"V\t451231235959Z\t\t{serial:X}\tunknown\t/CN={serial:X}" for serial in serials)
    (place / "index.txt").write_text("\n".join(lines) + "\n")
    port = free_port()
    command = ["openssl", "ocsp", "-index", str(place / "index.txt"), "-port", str(port), "-nmin", "10"]
    command += ["-CA", str(place / "ca.pem"), "-rsigner", str(place / "responder.pem")]
    log = place / "openssl.log"
    # It says so itself: a connection without a question would keep it from every other.
    with _running([*command, "-rkey", str(place / "key.pem")], lambda: "waiting" in log.read_text(), log):
        yield port


@contextmanager
def _running(command: list[str], ready: Callable[[], bool], log: Path) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        wait_until(ready, process, log)
        yield
    finally:
        end(process)
