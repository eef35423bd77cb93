"""Folders for pages before they are redacted are in memory and their owner's alone, or are refused (8.5)."""

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from inro.adapters import memory_folder
from inro.adapters.memory_folder import FolderUnfit, check_memory_folder, open_memory_folder


@pytest.fixture
def memory() -> Iterator[Path]:
    place = Path("/dev/shm") / f"inro-test-{secrets.token_hex(8)}"
    place.mkdir(mode=0o700)
    yield place
    shutil.rmtree(place)


def test_a_folder_in_memory_is_made_for_its_owner_alone(memory):
    folder = memory / "a" / "b"
    check_memory_folder(folder)
    assert not folder.parent.exists()
    assert open_memory_folder(folder) == open_memory_folder(folder) == folder
    assert [place.stat().st_mode & 0o777 for place in (folder, folder.parent)] == [0o700, 0o700]


def test_a_folder_on_a_disk_is_refused_and_not_made(tmp_path):
    for folder in (tmp_path, tmp_path / "a" / "b"):
        with pytest.raises(FolderUnfit, match=r"not in memory.*/dev/shm"):
            open_memory_folder(folder)
    assert list(tmp_path.iterdir()) == []


def test_a_way_through_memory_to_a_disk_is_refused(memory, tmp_path):
    (memory / "link").symlink_to(tmp_path)
    for folder in (memory / "link", memory / "link" / "a"):
        with pytest.raises(FolderUnfit, match="not in memory"):
            open_memory_folder(folder)
    (memory / "dangling").symlink_to(memory / "none")
    (memory / "same").symlink_to(memory)
    (memory / "file").touch()
    for name in ("dangling", "same", "file"):
        with pytest.raises(FolderUnfit):
            open_memory_folder(memory / name)


@pytest.mark.parametrize("mode", [0o750, 0o701, 0o777, 0o720])
def test_a_folder_that_others_can_enter_is_refused(memory, mode):
    folder = memory / "open"
    folder.mkdir()
    folder.chmod(mode)
    with pytest.raises(FolderUnfit, match="chmod 700"):
        open_memory_folder(folder)


def test_another_users_folder_is_refused(memory, monkeypatch):
    (memory / "theirs" / "inside").mkdir(parents=True, mode=0o700)
    # Only root can give a folder away; so it is this process that becomes another user in its own eyes.
    own = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    monkeypatch.setattr(memory_folder, "_ROOT", own + 2)
    for folder in (memory / "theirs", memory / "theirs" / "inside", memory / "theirs" / "new"):
        with pytest.raises(FolderUnfit, match="another user's"):
            open_memory_folder(folder)
