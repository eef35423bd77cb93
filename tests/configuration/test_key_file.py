"""A site's key is its owner's alone and long enough, or nothing starts (40(7))."""

from pathlib import Path

import pytest

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.key_file import read_key

KEY = "0123456789abcdef" * 4


def key_file(folder: Path, text: str, mode: int = 0o600) -> Path:
    file = folder / "key"
    file.write_text(text)
    file.chmod(mode)
    return file


def test_a_key_of_the_owner_is_read(tmp_path):
    assert read_key(key_file(tmp_path, KEY + "\n"), key="office.key") == KEY


@pytest.mark.parametrize(
    ("text", "mode"), [(KEY, 0o640), (KEY, 0o604), ("short", 0o600), ("k" * 64, 0o600), ("鍵" * 60, 0o600)]
)
def test_a_key_that_others_read_or_that_is_weak_is_refused(tmp_path, text, mode):
    with pytest.raises(ConfigurationRefused) as refused:
        read_key(key_file(tmp_path, text, mode), key="office.key")
    assert refused.value.key == "office.key"
    assert refused.value.do


def test_a_key_that_is_not_there_is_refused_with_how_to_make_one(tmp_path):
    with pytest.raises(ConfigurationRefused) as refused:
        read_key(tmp_path / "key", key="public.key")
    assert "umask 077" in refused.value.do
