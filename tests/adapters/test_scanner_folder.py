"""The scanner's folder: complete files, read once and removed; whatever else lies there is refused (8.5)."""

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from inro.adapters.memory_folder import FolderUnfit
from inro.adapters.scanner_folder import ScannerFolder
from inro.ports.errors import ScannedFileRefused
from inro.ports.scanner import ScannedFile, complete

MOST = 1_000_000
NUMBER = "123456789018"  # valid by its check digit, and nobody's
FULL_WIDTH = "１２３４５６７８９０１８.tif"


@pytest.fixture
def folder() -> Iterator[Path]:
    place = Path("/dev/shm") / f"inro-test-{secrets.token_hex(8)}"
    place.mkdir(mode=0o700)
    yield place
    shutil.rmtree(place)


@pytest.fixture
def scanner(folder) -> ScannerFolder:
    return ScannerFolder(folder)


def only(scanner: ScannerFolder) -> ScannedFile:
    [file] = scanner.look().values()
    return file


def test_a_file_is_taken_once_and_is_gone(scanner, folder):
    (folder / "scan 1.pdf").write_bytes(b"%PDF")
    file = only(scanner)
    assert (file.name_to_show, file.size) == ("scan 1.pdf", 4)
    assert scanner.take(file, most_octets=MOST) == b"%PDF"
    assert scanner.look() == {}
    with pytest.raises(ScannedFileRefused):
        scanner.take(file, most_octets=MOST)


def test_a_file_is_complete_when_two_looks_find_it_alike(scanner, folder):
    (folder / "b.pdf").write_bytes(b"1")
    (folder / "a.pdf").write_bytes(b"22")
    first = scanner.look()
    with (folder / "b.pdf").open("ab") as writing:
        writing.write(b"more")
    (folder / "c.pdf").write_bytes(b"333")
    second = scanner.look()
    assert [file.name for file in complete(first, second)] == ["a.pdf"]
    assert [file.name for file in complete(second, scanner.look())] == ["a.pdf", "b.pdf", "c.pdf"]
    assert complete({}, second) == ()


def test_a_file_of_the_same_length_written_again_is_not_complete(scanner, folder):
    (folder / "a.pdf").write_bytes(b"22")
    first = scanner.look()
    (folder / "a.pdf").write_bytes(b"33")
    os.utime(folder / "a.pdf", ns=(1, 1))
    assert complete(first, scanner.look()) == ()


def test_a_file_appears_with_its_last_name(scanner, folder):
    for name in (".hidden.pdf", "a.pdf.part", "A.PDF.TMP", "a.filepart"):
        (folder / name).write_bytes(b"1")
    assert scanner.look() == {}
    (folder / "a.pdf.part").rename(folder / "a.pdf")
    assert list(scanner.look()) == ["a.pdf"]


def test_what_changes_after_the_look_is_left(scanner, folder):
    (folder / "a.pdf").write_bytes(b"1")
    file = only(scanner)
    (folder / "a.pdf").write_bytes(b"longer")
    with pytest.raises(ScannedFileRefused, match="still changes"):
        scanner.take(file, most_octets=MOST)
    (folder / "new").write_bytes(b"1")
    (folder / "new").rename(folder / "a.pdf")
    with pytest.raises(ScannedFileRefused, match="still changes"):
        scanner.take(file, most_octets=MOST)
    with pytest.raises(ScannedFileRefused, match="still changes"):
        scanner.refuse(file)
    assert (folder / "a.pdf").read_bytes() == b"1"


def test_what_is_too_large_is_not_even_opened(scanner, folder):
    (folder / "a.pdf").write_bytes(bytes(11))
    with pytest.raises(ScannedFileRefused, match="11 octets; 10 are allowed"):
        scanner.take(only(scanner), most_octets=10)
    assert scanner.take(only(scanner), most_octets=11) == bytes(11)


def test_links_pipes_folders_and_second_names_are_refused_and_can_be_removed(scanner, folder, tmp_path):
    (tmp_path / "secret").write_bytes(b"outside")
    (folder / "link.pdf").symlink_to(tmp_path / "secret")
    os.mkfifo(folder / "pipe.pdf")
    (folder / "twice.pdf").write_bytes(b"1")
    os.link(folder / "twice.pdf", folder / "twice again.pdf")
    (folder / "folder.pdf").mkdir()
    seen = scanner.look()
    assert len(seen) == 5
    for file in seen.values():
        with pytest.raises(ScannedFileRefused) as caught:
            scanner.take(file, most_octets=MOST)
        assert ".pdf" not in str(caught.value)
    for name in ("link.pdf", "pipe.pdf", "twice.pdf", "twice again.pdf"):
        scanner.refuse(seen[name])
    with pytest.raises(ScannedFileRefused):
        scanner.refuse(seen["folder.pdf"])
    assert [path.name for path in folder.iterdir()] == ["folder.pdf"]
    assert (tmp_path / "secret").read_bytes() == b"outside"


@pytest.mark.parametrize("name", ["../secret", "a/b", "/etc/passwd", "", ".", "..", "a\0b"])
def test_a_name_with_a_folder_in_it_is_refused(scanner, folder, name):
    file = ScannedFile(name=name, name_to_show=name, size=1, state=(1, 2, 3, 4))
    with pytest.raises(ScannedFileRefused, match="a name with a folder in it"):
        scanner.take(file, most_octets=MOST)
    with pytest.raises(ScannedFileRefused, match="a name with a folder in it"):
        scanner.refuse(file)


@pytest.mark.parametrize("name", [f"住民票 {NUMBER}.pdf", "1234-5678-9018.pdf", FULL_WIDTH])
def test_a_name_with_a_number_is_shown_to_nobody(scanner, folder, name):
    (folder / name).write_bytes(b"1")
    file = only(scanner)
    assert file.name_to_show is None
    assert NUMBER[-4:] not in repr(file)
    with pytest.raises(ScannedFileRefused) as caught:
        scanner.take(file, most_octets=0)
    assert "9018" not in str(caught.value)
    assert scanner.take(file, most_octets=MOST) == b"1"


def test_a_folder_on_a_disk_or_taken_away_is_refused(folder, tmp_path):
    with pytest.raises(FolderUnfit, match="not in memory"):
        ScannerFolder(tmp_path)
    scanner = ScannerFolder(folder / "scanner")
    (folder / "scanner").rmdir()
    with pytest.raises(FolderUnfit):
        scanner.look()
    with pytest.raises(ScannedFileRefused):
        scanner.take(ScannedFile(name="a", name_to_show="a", size=1, state=(1, 2, 3, 4)), most_octets=MOST)


def test_another_users_file_is_refused(scanner, folder, monkeypatch):
    (folder / "a.pdf").write_bytes(b"1")
    # Only root can give a file away; so it is this process that becomes another user in its own eyes.
    own = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    with pytest.raises(ScannedFileRefused, match="another user"):
        scanner.take(only(scanner), most_octets=MOST)
