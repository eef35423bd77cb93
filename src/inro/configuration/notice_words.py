"""`policy/notices/*.toml`: the operator's words for each kind of notice, or nothing starts (2.2, 9.2, 43)."""

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.reading import read_toml, reading
from inro.pki.section import ProfileRefused, Section
from inro.practice.notice_words import GAPS, NoticeWords, WordsRefused
from inro.practice.notices import CHANNELS, Channel, NoticeKind
from inro.practice.sheet_shapes import SHAPES
from inro.practice.sheet_words import SheetShape, SheetWords, SheetWordsRefused

# Kinds that can go by e-mail or stand on a page, and so need a subject and a text.
WORDED: frozenset[NoticeKind] = frozenset(
    kind for kind, ways in CHANNELS.items() if Channel.EMAIL in ways or Channel.WEB in ways
)
_PROBLEMS = {
    "missing": ("missing", "write it there"),
    "unknown": ("printed nowhere", "remove it, or correct its spelling"),
    "stress": ("a star without its other one", "put stressed words between two stars"),
}


def load_notice_words(folder: Path) -> Mapping[NoticeKind, NoticeWords]:
    """Return the words of a folder, one file a kind.

    Raises: ConfigurationRefused naming file and key, also for a kind that has none.
    """
    found = {words.kind: words for words in map(_load, sorted(folder.glob("*.toml")))}
    missing = sorted((WORDED | SHAPES.keys()) - found.keys())
    if missing:
        raise ConfigurationRefused(
            file=folder / f"{missing[0]}.toml", problem="no words for this notice", do="write them there"
        )
    return MappingProxyType(found)


def _load(file: Path) -> NoticeWords:
    raw, source = read_toml(file)
    with reading(file):
        section = Section(raw)
        if file.stem not in list(NoticeKind):
            raise ProfileRefused(path="kind", problem=f"{file.stem} is no kind of notice")
        kind = NoticeKind(file.stem)
        made = NoticeWords(
            kind=kind,
            clause=section.take_text("clause"),
            edition=section.take("edition", date),
            subject=section.take_text("subject") if kind in WORDED else "",
            text=section.take("text", str) if kind in WORDED else "",
            sheets={
                sheet: _sheet(file, section.take_section(sheet), shape)
                for sheet, shape in SHAPES.get(kind, {}).items()
            },
            sha256=hashlib.sha256(source).hexdigest(),
        )
        section.close()
    _check_message(file, made)
    return made


def _check_message(file: Path, made: NoticeWords) -> None:
    try:
        made.check()
    except WordsRefused as refused:
        raise ConfigurationRefused(
            file=file,
            key="text",
            problem=f"{{{refused.gap}}} is filled by nothing",
            do=f"use only {', '.join(sorted(GAPS))}",
        ) from refused
    if made.kind in WORDED and not made.text.strip():
        raise ConfigurationRefused(file=file, key="text", problem="empty", do="write the text")
    if "\n" in made.subject:
        raise ConfigurationRefused(file=file, key="subject", problem="more than one line", do="use one line")


def _sheet(file: Path, section: Section, shape: SheetShape) -> SheetWords:
    made = SheetWords(
        subject=section.take_text("subject"),
        opening=_passages(section, "opening"),
        rows=_texts(section, "rows"),
        box_title=section.take_text("box_title") if section.has("box_title") else "",
        box=_passages(section, "box"),
        list_title=section.take_text("list_title") if section.has("list_title") else "",
        list=_passages(section, "list"),
        closing=_passages(section, "closing"),
        named=_texts(section, "named"),
    )
    section.close()
    try:
        made.check(shape)
    except SheetWordsRefused as refused:
        problem, do = _PROBLEMS.get(
            refused.problem,
            (f"{{{refused.word}}} is filled by nothing", f"use only {', '.join(sorted(shape.gaps))}"),
        )
        raise ConfigurationRefused(
            file=file, key=section.path(refused.part), problem=problem, do=do
        ) from refused
    return made


def _passages(section: Section, key: str) -> tuple[str, ...]:
    return section.take_list(key, str) if section.has(key) else ()


def _texts(section: Section, key: str) -> Mapping[str, str]:
    if not section.has(key):
        return {}
    path, texts = section.path(key), section.take_section(key).take_rest()
    for name, text in texts.items():
        if type(text) is not str or not text:
            raise ProfileRefused(path=f"{path}.{name}", problem="empty, or no text")
    return MappingProxyType(texts)
