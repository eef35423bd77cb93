"""Texts of editions reach the web from the record, are read back, and are recorded once (4(6), 10)."""

from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from inro.adapters.ldap_directory import DirectoryAccess, LdapDirectory
from inro.adapters.web_tree import WebTree
from inro.configuration.policy import load_policy
from inro.practice.events import EventKind
from inro.practice.platform_obligations import PlatformFacts
from inro.store.models import AuditRow, EditionText
from inro.usecases.actor import process
from inro.usecases.edition import register_editions
from inro.worker.publication import Publisher
from inro.worker.repository import Repository
from inro.worker.work import work
from tests import given
from tests.pki import material
from tests.responder.serving import responder
from tests.usecases.test_edition import PUBLISHER

NAMES = {f"{kind}-2025-04-01.txt" for kind in ("terms", "fees", "cps", "relying")}


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """The address of a responder over an empty tree."""
    (tmp_path / "published").mkdir()
    with responder(tmp_path / "published", tmp_path / "log") as address:
        yield address


def publisher(tree: Path, address: str) -> Publisher:
    """Return a publisher whose directory nobody asks."""
    password = tree.parent / "password"
    password.write_text("unused", "utf-8")
    directory = LdapDirectory(
        DirectoryAccess(url="ldap://127.0.0.1:1", entry="c=JP", bind_dn="c=JP", password_from=password)
    )
    web = WebTree(folder=tree, address=address, timeout=300)
    return Publisher(
        archive=tree,
        issuer=material.issuer(),
        repository=Repository(web=web, directory=directory, directory_below=lambda _: directory),
        actor=process("worker-1"),
    )


def register() -> None:
    """Put the edition in force on record."""
    edition = load_policy(Path("policy")).editions["2025-04-01"]
    register_editions(editions=[edition], actor=PUBLISHER, now=given.NOW)


def published() -> int:
    """Return how many publications are in the log."""
    return AuditRow.objects.filter(kind=EventKind.DOCUMENT_PUBLISHED).count()


def test_texts_are_given_by_the_responder_as_they_are_on_record(db, web, tmp_path):
    register()
    tree = tmp_path / "published"
    assert work(publisher=publisher(tree, web), platform=PlatformFacts, now=given.NOW).waiting == ()
    assert {file.name for file in tree.iterdir()} == NAMES
    assert published() == len(NAMES)
    for text in EditionText.objects.select_related("edition"):
        with urlopen(f"{web}/{text.kind}-{text.edition.name}.txt", timeout=300) as answer:
            assert answer.read() == bytes(text.content)
            assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    # A second pass has nothing to do.
    assert work(publisher=publisher(tree, web), platform=PlatformFacts, now=given.NOW).waiting == ()
    assert published() == len(NAMES)


def test_what_is_not_given_back_is_not_recorded_and_tried_again(db, web, tmp_path):
    register()
    elsewhere = tmp_path / "elsewhere"
    done = work(publisher=publisher(elsewhere, web), platform=PlatformFacts, now=given.NOW)
    assert len(done.waiting) == len(NAMES)
    assert published() == 0
    done = work(publisher=publisher(tmp_path / "published", web), platform=PlatformFacts, now=given.NOW)
    assert done.waiting == ()
    assert published() == len(NAMES)
