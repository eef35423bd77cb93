"""Printers: the system's gets a document through a pipe only, the folder is for the demonstration (19.3)."""

import hashlib
import stat
from pathlib import Path

import pytest

from inro.adapters.folder_printer import FolderPrinter
from inro.adapters.system_printer import SystemPrinter
from inro.ports.errors import PrinterUnavailable

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 400


def queue_program(folder: Path, body: str) -> Path:
    """Make a program that stands where `lp` stands and records what it was given."""
    program = folder / "lp"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    return program


def test_the_system_printer_sends_the_bytes_through_the_pipe_and_no_file(tmp_path):
    program = queue_program(
        tmp_path,
        f'printf "%s\\n" "$@" > {tmp_path}/arguments; sha256sum > {tmp_path}/digest; env > {tmp_path}/env',
    )
    SystemPrinter(queue="desk", two_sided=True, program=program).print_document("M26-000001-C", PDF)
    arguments = (tmp_path / "arguments").read_text().splitlines()
    assert arguments == ["-s", "-d", "desk", "-t", "M26-000001-C", "-o", "sides=two-sided-long-edge"]
    assert (tmp_path / "digest").read_text().split()[0] == hashlib.sha256(PDF).hexdigest()
    assert "INRO" not in (tmp_path / "env").read_text()


def test_a_refused_job_says_what_the_queue_said(tmp_path):
    program = queue_program(
        tmp_path, 'cat > /dev/null; echo "lp: The printer or class does not exist." >&2; exit 1'
    )
    with pytest.raises(PrinterUnavailable) as refusal:
        SystemPrinter(queue="desk", program=program).print_document("title", PDF)
    assert "does not exist" in refusal.value.detail


def test_a_queue_that_does_not_read_is_refused(tmp_path):
    program = queue_program(tmp_path, "exit 3")
    with pytest.raises(PrinterUnavailable):
        SystemPrinter(queue="desk", program=program).print_document("title", PDF * 20)


def test_a_silent_queue_is_given_up(tmp_path):
    program = queue_program(tmp_path, "exec sleep 30")
    with pytest.raises(PrinterUnavailable) as refusal:
        SystemPrinter(queue="desk", program=program, timeout=0.3).print_document("title", PDF)
    assert "no answer" in refusal.value.detail


def test_a_missing_program_is_one_clear_line(tmp_path):
    with pytest.raises(PrinterUnavailable) as refusal:
        SystemPrinter(queue="desk", program=tmp_path / "lp").print_document("title", PDF)
    assert "cups-client" in refusal.value.do


def test_the_folder_printer_serves_the_demonstration_only(tmp_path):
    with pytest.raises(PrinterUnavailable) as refusal:
        FolderPrinter(folder=tmp_path / "printed", demonstration=False)
    assert "19.3" in refusal.value.detail
    assert not (tmp_path / "printed").exists()


def test_the_folder_printer_overwrites_nothing_and_keeps_others_out(tmp_path):
    printer = FolderPrinter(folder=tmp_path / "printed", demonstration=True)
    for _ in range(2):
        printer.print_document("暗証番号通知書 M26/../../x", PDF)
    again = FolderPrinter(folder=tmp_path / "printed", demonstration=True)
    again.print_document("///", PDF)
    names = sorted(path.name for path in (tmp_path / "printed").iterdir())
    assert names == [
        "0001-暗証番号通知書-M26-..-..-x.pdf",
        "0002-暗証番号通知書-M26-..-..-x.pdf",
        "0003-document.pdf",
    ]
    assert all(path.read_bytes() == PDF for path in printer.printed + again.printed)
    assert stat.S_IMODE(printer.printed[0].stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PrinterUnavailable):
        FolderPrinter(folder=tmp_path / "file" / "printed", demonstration=True).print_document("title", PDF)
