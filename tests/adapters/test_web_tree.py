"""The web tree is replaced whole, or not at all, and read back over HTTP (4(6), 26.1)."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from inro.adapters.web_tree import WebTree, WebTreeUnavailable
from inro.demo.servers.free_port import free_port
from tests.responder.serving import responder

OLD, NEW = os.urandom(500_000), os.urandom(500_000)


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[WebTree]:
    """A tree behind a running responder."""
    folder = tmp_path / "published"
    folder.mkdir()
    with responder(folder, tmp_path / "log") as address:
        yield WebTree(folder=folder, address=address, timeout=300)


def test_what_is_published_is_read_back_byte_for_byte(tree, tmp_path):
    assert tree.read_back("crl.crl") is None
    tree.publish("crl.crl", OLD)
    assert tree.read_back("crl.crl") == OLD
    tree.publish("crl.crl", NEW)
    assert tree.read_back("crl.crl") == NEW
    assert [path.name for path in (tmp_path / "published").iterdir()] == ["crl.crl"]


def test_a_reader_during_replacement_sees_one_version_whole(tree):
    tree.publish("crl.crl", OLD)
    stop = threading.Event()

    def replace() -> None:
        while not stop.is_set():
            tree.publish("crl.crl", NEW)
            tree.publish("crl.crl", OLD)

    writer = threading.Thread(target=replace)
    writer.start()
    try:
        assert all(tree.read_back("crl.crl") in (OLD, NEW) for _ in range(40))
    finally:
        stop.set()
        writer.join()


@pytest.mark.parametrize(
    "name", ["../x.crl", "/etc/x.crl", "x.txt", "", ".crl", "a/b.crl", "X.CRL", "x.crl\n"]
)
def test_other_names_are_refused_and_nothing_is_written(tmp_path, name):
    tree = WebTree(folder=tmp_path / "published", address="http://127.0.0.1:1")
    with pytest.raises(WebTreeUnavailable):
        tree.publish(name, NEW)
    with pytest.raises(WebTreeUnavailable):
        tree.read_back(name)
    assert not (tmp_path / "published").exists()


def test_a_full_or_closed_folder_leaves_the_old_list(tmp_path):
    """A limit on file size stands for the full disk: the write fails in the middle."""
    folder = tmp_path / "published"
    tree = WebTree(folder=folder, address="http://127.0.0.1:1")
    tree.publish("crl.crl", OLD)
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from inro.adapters.web_tree import WebTree, WebTreeUnavailable\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n"
        "    tree = WebTree(folder=Path(sys.argv[1]), address='http://127.0.0.1:1')\n"
        "    tree.publish('crl.crl', bytes(500_000))\n"
        "except WebTreeUnavailable:\n"
        "    sys.exit(7)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(folder)], check=False)
    assert done.returncode == 7
    assert (folder / "crl.crl").read_bytes() == OLD
    assert [path.name for path in folder.iterdir()] == ["crl.crl"]


def test_a_server_that_is_not_there_is_said(tmp_path):
    tree = WebTree(folder=tmp_path, address=f"http://127.0.0.1:{free_port()}", timeout=300)
    with pytest.raises(WebTreeUnavailable) as refusal:
        tree.read_back("crl.crl")
    assert "responder" in refusal.value.do


def test_a_redirection_is_not_followed(tmp_path):
    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/crl.crl")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Stay silent."""

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        threading.Thread(target=server.handle_request).start()
        tree = WebTree(folder=tmp_path, address=f"http://127.0.0.1:{server.server_port}", timeout=300)
        with pytest.raises(WebTreeUnavailable) as refusal:
            tree.read_back("crl.crl")
    assert "302" in refusal.value.detail


def test_an_address_must_be_a_web_address(tmp_path):
    with pytest.raises(WebTreeUnavailable):
        WebTree(folder=tmp_path, address="file:///etc")
