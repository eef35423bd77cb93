"""Pages sealed and kept, and opened again, beside the least that any sealed page costs (28, 40(7))."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from benchmarks.cost import Cost, compare, cost_of
from benchmarks.rows import Row, row_of
from benchmarks.size import Size
from benchmarks.world import pin
from inro.adapters.disk_documents import DiskDocuments
from inro.adapters.document_token import DocumentToken
from inro.adapters.pkcs11_core import Token, initialise_token
from inro.adapters.sealed_documents import SealedDocuments
from inro.adapters.token_address import FIRST_DOCUMENT_KEY, TokenAddress
from inro.adapters.token_keys import make_wrapping_key
from inro.ports.document_store import StoredDocument

PAGES = 1_000
PAGE_OCTETS = 125_000
PUT_BOUND, GET_BOUND = 3.0, 5.0
_LIMIT = "limit: AES-256-GCM and"


def measure(size: Size) -> list[Row]:
    """Return a row for putting pages and one for getting them."""
    count = size.of(PAGES)
    pages = [os.urandom(PAGE_OCTETS) for _ in range(count)]
    with tempfile.TemporaryDirectory() as folder, _store(Path(folder)) as (documents, place):
        return [
            _putting(documents, place, Path(folder), pages, size),
            _getting(documents, Path(folder), pages, size),
        ]


@contextmanager
def _store(folder: Path) -> Iterator[tuple[SealedDocuments, DiskDocuments]]:
    made = TokenAddress(folder=folder / "token", label="bench-documents")
    address = initialise_token(address=made, so_pin=bytearray(b"10203040506070"), pin=pin())
    with Token.open(address, pin()) as token:
        make_wrapping_key(token=token, label=FIRST_DOCUMENT_KEY)
    (folder / "documents").mkdir(mode=0o700)
    place = DiskDocuments(folder / "documents")
    with DocumentToken.open(address, pin()) as keys:
        yield SealedDocuments(keys=keys, place=place), place


def _putting(
    documents: SealedDocuments, place: DiskDocuments, folder: Path, pages: list[bytes], size: Size
) -> Row:
    stored: list[StoredDocument] = []

    def ours() -> Cost:
        return cost_of(
            lambda: stored.extend(
                documents.put(page, subject=str(number)) for number, page in enumerate(pages)
            ),
            count=len(pages),
        )

    rounds = size.rounds(9)
    comparison = compare(
        ours=ours,
        others={"bare": lambda: cost_of(lambda: _bare_put(folder, pages), count=len(pages))},
        rounds=rounds,
    )["bare"]
    checked = {
        "documents": len(set(place.addresses())),
        "put": rounds * len(pages),
        "same": all(
            documents.get(one, subject=str(number % len(pages))) == pages[number % len(pages)]
            for number, one in enumerate(stored)
        ),
    }
    return row_of(
        comparison,
        figure="documents",
        subject=f"{PAGE_OCTETS:,} octets sealed, wrapped in the token, kept",
        against=f"{_LIMIT} a new file, synchronised",
        per="page",
        bound=PUT_BOUND,
        checked=checked,
    )


def _getting(documents: SealedDocuments, folder: Path, pages: list[bytes], size: Size) -> Row:
    stored = [documents.put(page, subject=str(number)) for number, page in enumerate(pages)]
    bare = _bare_put(folder, pages)

    def get() -> bool:
        return all(
            documents.get(one, subject=str(number)) == pages[number] for number, one in enumerate(stored)
        )

    comparison = compare(
        ours=lambda: cost_of(get, count=len(pages)),
        others={"bare": lambda: cost_of(lambda: _bare_get(bare, pages), count=len(pages))},
        rounds=size.rounds(9),
    )["bare"]
    return row_of(
        comparison,
        figure="documents",
        subject=f"{PAGE_OCTETS:,} octets read, key unwrapped in the token, opened",
        against=f"{_LIMIT} reading a file",
        per="page",
        bound=GET_BOUND,
        checked={"same": get() and _bare_get(bare, pages)},
    )


def _bare_put(folder: Path, pages: list[bytes]) -> list[tuple[Path, bytes]]:
    """Write each page as a new file of one of 256 folders, as the store does."""
    kept: list[tuple[Path, bytes]] = []
    for page in pages:
        key, name = os.urandom(32), os.urandom(16).hex()
        file = folder / "bare" / name[:2] / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as target:
            target.write(AESGCM(key).encrypt(bytes(12), page, None))
            target.flush()
            os.fsync(target.fileno())
        kept.append((file, key))
    return kept


def _bare_get(kept: list[tuple[Path, bytes]], pages: list[bytes]) -> bool:
    return all(
        AESGCM(key).decrypt(bytes(12), file.read_bytes(), None) == page
        for (file, key), page in zip(kept, pages, strict=True)
    )
