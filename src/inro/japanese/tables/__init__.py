"""The tables by which characters are replaced, as generated, and what each is called (8.8, 8.9, 8.10).

`mj.tsv` is under CC BY-SA 2.1 JP, `nta.tsv` after the National Tax Agency: see NOTICE.md beside them.
`tools/japanese_tables.py` makes both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

EDITION_MJ = "MJ縮退マップ1.2.0"


class Table(StrEnum):
    """Where a replacement comes from, as it is recorded."""

    JIS_X_0208 = "jis_x_0208"
    WIDTH = "width"
    CORRECT_FORMS = "correct_forms"
    SELECTOR = "selector"
    FAMILY_REGISTER = "family_register"
    TAX_AGENCY = "tax_agency"
    UNIFICATION = "unification"
    CANONICAL = "canonical"
    NONE = "none"


# Proper names of Japanese documents, as they are cited.
TITLES = {
    Table.JIS_X_0208: "JIS X 0208",
    Table.WIDTH: "JIS X 0208（同じ文字の全角・符号位置の統一）",
    Table.CORRECT_FORMS: f"誤字俗字・正字一覧表（平成16年10月14日民一第2842号、{EDITION_MJ}）",
    Table.SELECTOR: "異体字セレクタを外した基底文字（UCS統合規則）",
    Table.FAMILY_REGISTER: f"戸籍統一文字情報 親字・正字（{EDITION_MJ}）",
    Table.TAX_AGENCY: "国税庁JIS縮退マップ1.0.0",
    Table.UNIFICATION: f"JIS包摂規準・UCS統合規則（{EDITION_MJ}）",
    Table.CANONICAL: "互換漢字の正準等価文字（Unicode NFC）",
    Table.NONE: "置換えの表になし（利用規約8条10項：片仮名）",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MjEntry:
    """What the MJ shrink map says of one glyph, reduced to targets that JIS X 0208 has.

    `wrong` and `vulgar` are the list's 誤字 and 俗字; `another`, of 別字, may lie outside JIS X 0208.
    `family_register` holds (hops, target).
    """

    mj_number: str
    wrong: tuple[str, ...] = ()
    vulgar: tuple[str, ...] = ()
    another: tuple[str, ...] = ()
    family_register: tuple[tuple[int, str], ...] = ()
    unification: tuple[str, ...] = ()

    @property
    def correct_forms(self) -> tuple[str, ...]:
        """The targets of 誤字俗字・正字一覧表, 別字 apart."""
        return tuple(dict.fromkeys(self.wrong + self.vulgar))

    @property
    def nearest_in_register(self) -> tuple[str, ...]:
        """The targets of 戸籍統一文字情報 that the fewest hops reach."""
        least = min((hops for hops, _ in self.family_register), default=0)
        return tuple(target for hops, target in self.family_register if hops == least)


def code_points(unit: str) -> str:
    """Return a unit as the tables' first column writes it: `FA11`, `9089-E010F`."""
    return "-".join(f"{ord(character):04X}" for character in unit)


def mj_entry(unit: str) -> MjEntry | None:
    """Return what the MJ table says of a character or sequence outside JIS X 0208, None if it has no row."""
    row = _row("mj.tsv", unit)
    if row is None:
        return None
    number, wrong, vulgar, another, register, unification = (*row.split("\t"), *[""] * 5)[:6]
    return MjEntry(
        mj_number=f"MJ{number}",
        wrong=tuple(wrong),
        vulgar=tuple(vulgar),
        another=tuple(another),
        family_register=tuple(
            (int(hops), target) for hops, target in zip(register[::2], register[1::2], strict=True)
        ),
        unification=tuple(unification),
    )


def tax_agency_target(character: str) -> str | None:
    """Return the NTA's replacement of a character, one or several; empty if it lists none, None if no row."""
    return _row("nta.tsv", character)


def listed_units(name: str) -> Iterator[str]:
    """Yield every unit that a table (`mj.tsv`, `nta.tsv`) has a row for."""
    for key in _rows(name):
        yield "".join(chr(int(code, 16)) for code in key.split(b"-"))


@cache
def _rows(name: str) -> dict[bytes, bytes]:
    """Return the rest of each row by its first column; a row is read further when it is asked for."""
    lines = Path(__file__).with_name(name).read_bytes().split(b"\n")
    parted = (line.partition(b"\t") for line in lines if line[:1] not in (b"", b"#"))
    return {key: rest for key, _, rest in parted}


def _row(name: str, unit: str) -> str | None:
    row = _rows(name).get(code_points(unit).encode())
    return None if row is None else row.decode()
