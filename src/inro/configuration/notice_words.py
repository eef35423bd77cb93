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

# Kinds that can go by e-mail or stand on a page, and so need words.
WORDED: frozenset[NoticeKind] = frozenset(
    kind for kind, ways in CHANNELS.items() if Channel.EMAIL in ways or Channel.WEB in ways
)


def load_notice_words(folder: Path) -> Mapping[NoticeKind, NoticeWords]:
    """Return the words of a folder, one file a kind.

    Raises: ConfigurationRefused naming file and key, also for a kind that has none.
    """
    found = {words.kind: words for words in map(_load, sorted(folder.glob("*.toml")))}
    missing = sorted(WORDED - found.keys())
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
        made = NoticeWords(
            kind=NoticeKind(file.stem),
            clause=section.take_text("clause"),
            edition=section.take("edition", date),
            subject=section.take_text("subject"),
            text=section.take("text", str),
            sha256=hashlib.sha256(source).hexdigest(),
        )
        section.close()
    try:
        made.check()
    except WordsRefused as refused:
        raise ConfigurationRefused(
            file=file,
            key="text",
            problem=f"{{{refused.gap}}} is filled by nothing",
            do=f"use only {', '.join(sorted(GAPS))}",
        ) from refused
    if not made.text.strip():
        raise ConfigurationRefused(file=file, key="text", problem="empty", do="write the text")
    if "\n" in made.subject:
        raise ConfigurationRefused(file=file, key="subject", problem="more than one line", do="use one line")
    return made
