"""An edition as a dated bundle: figures and its texts, under one hash (2.1, 10, 12.9, 33)."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.reading import read_toml, reading
from inro.pki.canonical import canonical_sha256
from inro.practice.editions import Terms

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,9}")


class TextKind(StrEnum):
    """The texts that an edition consists of; the value is the file's name without its ending."""

    TERMS = "terms"
    FEES = "fees"
    CPS = "cps"
    RELYING = "relying"


# An edition of before the relying-party agreement had a file of its own keeps the hash it is on record with.
_MAY_LACK: frozenset[TextKind] = frozenset({TextKind.RELYING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text as it is published, UTF-8; `sha256` is hexadecimal."""

    kind: TextKind
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition; `sha256` is of the bundle: the canonical form of name, day and every file's hash."""

    terms: Terms
    texts: tuple[Text, ...]
    sha256: str


def load_editions(folder: Path) -> dict[str, Edition]:
    """Return the editions in a folder by name, earliest first.

    Raises: ConfigurationRefused.
    """
    found = [load_edition(file) for file in sorted(folder.glob("*.toml"))]
    if not found:
        raise ConfigurationRefused(
            file=folder, problem="no edition of the terms", do="write one, such as 2025-04-01.toml"
        )
    starts = [edition.terms.effective_from for edition in found]
    if len(set(starts)) != len(starts):
        raise ConfigurationRefused(file=folder, problem="two editions of one day", do="remove one of them")
    found.sort(key=lambda edition: edition.terms.effective_from)
    return {edition.terms.edition: edition for edition in found}


def load_edition(file: Path) -> Edition:
    """Return one edition: its figures in `file`, its texts in the folder of the same name (2.1, 33).

    Raises: ConfigurationRefused.
    """
    raw, source = read_toml(file)
    with reading(file):
        terms = Terms.from_record(raw)
    if terms.edition != file.stem:
        problem = f"{terms.edition} is not the file's name"
        raise ConfigurationRefused(file=file, key="edition", problem=problem, do="rename the file")
    if not _NAME.fullmatch(terms.edition):
        problem = f"{terms.edition} cannot be part of a published name"
        do = "use up to ten small letters, digits and hyphens"
        raise ConfigurationRefused(file=file, key="edition", problem=problem, do=do)
    texts = tuple(_texts(file.with_suffix("")))
    hashes = {file.name: hashlib.sha256(source).hexdigest()}
    hashes |= {f"{text.kind}.txt": text.sha256 for text in texts}
    return Edition(terms=terms, texts=texts, sha256=bundle_sha256(terms, hashes))


def bundle_sha256(terms: Terms, files: Mapping[str, str]) -> str:
    """Return the hash of a bundle whose files have these hashes, by name; all in hexadecimal."""
    bundle = {
        "edition": terms.edition,
        "effective_from": terms.effective_from.isoformat(),
        "files": dict(files),
    }
    return canonical_sha256(bundle)


def _texts(folder: Path) -> Iterator[Text]:
    for kind in TextKind:
        file = folder / f"{kind}.txt"
        if kind not in _MAY_LACK or file.exists():
            yield _text(file, kind)


def _text(file: Path, kind: TextKind) -> Text:
    try:
        content = file.read_bytes()
        words = content.decode("utf-8")
    except OSError as error:
        do = "write the text there, as it is published"
        raise ConfigurationRefused(
            file=file, problem=error.strerror or type(error).__name__, do=do
        ) from error
    except UnicodeDecodeError as error:
        problem = f"octet {error.start} is not UTF-8"
        raise ConfigurationRefused(file=file, problem=problem, do="save the file as UTF-8") from error
    if not words.strip():
        raise ConfigurationRefused(file=file, problem="empty", do="write the text there")
    return Text(kind=kind, content=content, sha256=hashlib.sha256(content).hexdigest())
