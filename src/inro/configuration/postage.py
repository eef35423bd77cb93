"""`policy/postage.toml`: what the post asks and how it keeps things (17.4, 18.1)."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from inro.configuration.reading import read_toml, reading
from inro.pki.section import ProfileRefused, Section
from inro.practice.parcels import Mail
from inro.practice.postage import LabelSheet, PostagePart, PostCodes, PostRules, Tariff

_PARTS: Mapping[Mail, tuple[str, ...]] = MappingProxyType(
    {
        Mail.RESTRICTED_DELIVERY: ("letter", "registration", "restricted_delivery"),
        Mail.SIMPLIFIED_REGISTERED: ("letter", "registration"),
    }
)
_A4_MM = (210.0, 297.0)
_MOST_YEN = 10_000
_MOST_RESENDINGS = 10
_MOST_DAYS = 60


def load_post_rules(file: Path) -> PostRules:
    """Return what the operator has set about the post.

    Raises: ConfigurationRefused naming file and key.
    """
    raw, _ = read_toml(file)
    with reading(file):
        section = Section(raw)
        made = PostRules(
            resending_limit=section.take_number("resending_limit", least=0, most=_MOST_RESENDINGS),
            keeping_days=section.take_number("keeping_days", least=1, most=_MOST_DAYS),
            longer_keeping_days=section.take_number("longer_keeping_days", least=0, most=_MOST_DAYS),
            tariffs=_tariffs(section.take("tariffs", list)),
            sheet=_sheet(Section(section.take("sheet", dict), "sheet")),
            codes=_codes(Section(section.take("codes", dict), "codes")),
        )
        section.close()
    return made


def _tariffs(tables: list[object]) -> tuple[Tariff, ...]:
    tariffs = tuple(_tariff(Section(table, "tariffs")) for table in tables)
    if not tariffs:
        raise ProfileRefused(path="tariffs", problem="none")
    if len({tariff.effective_from for tariff in tariffs}) != len(tariffs):
        raise ProfileRefused(path="tariffs.effective_from", problem="one day twice")
    return tariffs


def _tariff(section: Section) -> Tariff:
    made = Tariff(
        effective_from=section.take("effective_from", date),
        parts=MappingProxyType(
            {mail: _parts(mail, Section(section.take(mail.value, dict), f"tariffs.{mail}")) for mail in Mail}
        ),
    )
    section.close()
    return made


def _parts(mail: Mail, section: Section) -> tuple[PostagePart, ...]:
    parts = tuple(
        PostagePart(name=name, yen=section.take_number(name, least=0, most=_MOST_YEN))
        for name in _PARTS[mail]
    )
    section.close()
    return parts


def _sheet(section: Section) -> LabelSheet:
    made = LabelSheet(
        columns=section.take_number("columns", least=1, most=6),
        rows=section.take_number("rows", least=1, most=20),
        left=section.take("left", float),
        top=section.take("top", float),
        width=section.take("width", float),
        height=section.take("height", float),
    )
    section.close()
    right, bottom = made.left + made.columns * made.width, made.top + made.rows * made.height
    if min(made.left, made.top) < 0 or min(made.width, made.height) <= 0:
        raise ProfileRefused(path="sheet", problem="a measure is not positive")
    if right > _A4_MM[0] or bottom > _A4_MM[1]:
        raise ProfileRefused(path="sheet", problem="the labels do not fit on A4")
    return made


def _codes(section: Section) -> Mapping[Mail, PostCodes]:
    codes = {}
    for mail in Mail:
        inner = Section(section.take(mail.value, dict), f"codes.{mail.value}")
        codes[mail] = PostCodes(kind=inner.take_text("kind"), registration=inner.take_text("registration"))
        inner.close()
    section.close()
    return MappingProxyType(codes)
