"""The office killed in the middle of a batch: nothing of the pages is left, what is stored is whole (8.5)."""

import os
import random
import signal
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

from django.db import connection
from playwright.sync_api import expect

from inro.configuration.installation import load_installation
from inro.demo.servers.free_port import LOOPBACK, free_port
from inro.demo.servers.programs import end
from inro.store.models import Document, ScanBatch
from inro.store.reads.intake import documents_of
from inro.usecases.application import find
from inro.usecases.document import document_subject, stored_document, unowned
from inro.web.office.documents import opened_documents
from inro.web.office.intake.pictures import page_of_kept
from tests import given
from tests.adapters.tokens import pin
from tests.servers.families import family, until_ended
from tests.web import scans
from tests.web.given_desk import desk_installation, start_office
from tests.web.looking import watched

# How pictures and PDFs begin, in whatever form a page could have been left.
_SIGNS = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"%PDF")
_HEADERS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"%PDF-1.")


def kill_family(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all its descendants, and wait until none of them holds a port any more.

    A child of a killed process is nobody's to wait for, and answers until the kernel has ended it.
    """
    killed = family(process.pid)
    for pid in killed:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()
    until_ended(killed)


def readable(*folders: Path) -> list[Path]:
    """Return the files below folders that begin as a picture does, or hold a header of one.

    Three or four octets stand by chance in some of what is sealed.
    """
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if _is_readable(path.read_bytes())]


def _is_readable(octets: bytes) -> bool:
    return octets.startswith(_SIGNS) or any(header in octets for header in _HEADERS)


def test_killed_in_the_middle_of_a_batch(fresh_database, tmp_path, request):
    application = given.drafted()
    number = find(application).number
    rng = random.Random(5)
    pile = tmp_path / "scan.tif"
    pile.write_bytes(scans.pile([*scans.form(number), scans.separator(number), scans.record(rng)]))
    orphan = "e" * 64
    with desk_installation(tmp_path / "home") as home:
        places = load_installation(home).documents
        memory = places.quarantine.parent
        port = free_port()
        address = f"http://{LOOPBACK}:{port}"
        browser = request.getfixturevalue("browser")
        process = start_office(home, port)
        with watched(browser, 1366) as watch:
            page = watch.page
            page.goto(f"{address}/intake/")
            page.get_by_role("button", name="森").click()
            page.set_input_files("#files", pile)
            page.get_by_role("button", name="取り込む").click()
            page.get_by_label("原本の保管場所").fill("A-03")
            page.get_by_role("button", name="登録して保管する").click()
            expect(page.get_by_text("保管済 2")).to_be_visible()
            assert any(places.quarantine.iterdir())
        kill_family(process)
        (home / "documents" / "ee").mkdir(exist_ok=True)
        (home / "documents" / "ee" / orphan).write_bytes(b"put before its row was written")
        assert readable(memory, home / "documents", Path(fresh_database).parent / "home") == []
        process = start_office(home, port)
        try:
            with watched(browser, 1366) as watch:
                page = watch.page
                page.goto(f"{address}/intake/")
                page.get_by_role("button", name="森").click()
                expect(page.get_by_text("失われました：再スキャン")).to_be_visible()
                page.locator("a.mono").first.click()
                expect(page.get_by_text("この束の書類をもう一度スキャンしてください")).to_be_visible()
            assert [path.name for path in places.quarantine.iterdir()] == ["lock"]
        finally:
            end(process)
        check_kept(places, application)


def check_kept(places, application) -> None:
    """What was stored before the kill opens, and what no row owned is swept."""
    found: list[object] = []

    def look() -> None:
        with opened_documents(places=places, pin=pin()) as room:
            found.append((Document.objects.count(), ScanBatch.objects.get().lost))
            for record in documents_of(application):
                content = room.store.get(stored_document(record), subject=document_subject(record.reference))
                assert page_of_kept(content).width > 1000
            found.append(unowned(room.place))
        connection.close()

    # The browser's driver has an event loop in this thread, in which Django reads no record.
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [(2, None), frozenset()]
