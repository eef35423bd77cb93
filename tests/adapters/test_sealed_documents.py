"""Documents sealed under keys of their own, wrapped in a real token, in both places (28, 40(7))."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from inro.adapters.disk_documents import DiskDocuments
from inro.adapters.document_token import DocumentToken
from inro.adapters.pkcs11_core import Token
from inro.adapters.s3_documents import S3Documents
from inro.adapters.sealed_documents import SealedDocuments
from inro.adapters.token_address import (
    KeyRefused,
    TokenAddress,
    TokenLost,
    configure_soft_token,
    read_address,
)
from inro.ports.document_store import WrappedKey
from inro.ports.errors import DocumentDamaged, DocumentUnknown, PinRefused
from tests.adapters.object_store import ObjectStore, running_object_store
from tests.adapters.tokens import make_ca_token, make_document_token, make_empty_token, pin

PAGE = b"%PDF-1.7 page " + bytes(range(256)) * 8


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> TokenAddress:
    return make_document_token(tmp_path_factory.mktemp("documents"))


@pytest.fixture
def token(address) -> Iterator[DocumentToken]:
    with DocumentToken.open(address, pin()) as opened:
        yield opened


@pytest.fixture(scope="module")
def object_store(tmp_path_factory) -> Iterator[ObjectStore]:
    with running_object_store(tmp_path_factory.mktemp("moto")) as running:
        yield running


class Place:
    """Sealed bytes, and a way around the adapter for who alters them."""

    def __init__(self, kind: str, folder: Path, store: ObjectStore | None) -> None:
        self.folder = folder
        self.sealed = S3Documents(store.place) if store else DiskDocuments(folder)
        self.client, self.bucket = (store.client(), store.place.bucket) if store else (None, "")

    def overwrite(self, address: str, octets: bytes) -> None:
        if self.client is None:
            (self.folder / address[:2] / address).write_bytes(octets)
        else:
            self.client.put_object(Bucket=self.bucket, Key=address, Body=octets)

    def read(self, address: str) -> bytes:
        if self.client is None:
            return (self.folder / address[:2] / address).read_bytes()
        return self.client.get_object(Bucket=self.bucket, Key=address)["Body"].read()


@pytest.fixture(params=["disk", "s3"])
def place(request, tmp_path) -> Place:
    store = request.getfixturevalue("object_store") if request.param == "s3" else None
    return Place(request.param, tmp_path, store)


@pytest.fixture
def documents(token, place) -> SealedDocuments:
    return SealedDocuments(keys=token, place=place.sealed)


@pytest.mark.parametrize("content", [b"", b"x", PAGE, os.urandom(1_000_003)], ids=len)
def test_what_was_put_comes_back(documents, place, content):
    stored = documents.put(content, subject="page/1")
    assert documents.get(stored, subject="page/1") == content
    documents.verify(stored)
    assert stored.size == len(content)
    assert stored.content_sha256 == hashlib.sha256(content).hexdigest()
    assert stored.address == hashlib.sha256(place.read(stored.address)).hexdigest()
    assert stored.address in list(place.sealed.addresses())
    place.sealed.check()
    assert stored.key.label == "documents-1"
    assert "octets" not in repr(stored)


def test_nothing_of_the_content_shows_in_what_is_kept(documents, place):
    kept = place.read(documents.put(PAGE, subject="page/1").address)
    assert not [start for start in range(0, len(PAGE) - 8, 4) if PAGE[start : start + 8] in kept]
    assert hashlib.sha256(PAGE).digest() not in kept


def test_the_same_page_twice_is_two_documents_under_two_keys(documents):
    one, two = (documents.put(PAGE, subject="page/1") for _ in range(2))
    assert one.address != two.address
    assert one.key != two.key
    documents.erase(one)
    assert documents.get(two, subject="page/1") == PAGE


def test_every_altered_octet_is_found_without_a_key_and_with_one(documents, place):
    stored = documents.put(b"a short page", subject="page/1")
    whole = place.read(stored.address)
    for position in range(len(whole)):
        altered = whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :]
        place.overwrite(stored.address, altered)
        with pytest.raises(DocumentDamaged, match=stored.address):
            documents.verify(stored)
        with pytest.raises(DocumentDamaged):
            documents.get(stored, subject="page/1")
        # Whoever alters bytes may alter the row's address as well: then the seal itself refuses.
        moved = hashlib.sha256(altered).hexdigest()
        place.sealed.put(moved, altered)
        with pytest.raises(DocumentDamaged):
            documents.get(replace(stored, address=moved), subject="page/1")
    place.overwrite(stored.address, whole)
    assert documents.get(stored, subject="page/1") == b"a short page"


@pytest.mark.parametrize("left", [0, 7, 8, 20, 35])
def test_bytes_cut_short_are_found(documents, place, left):
    stored = documents.put(b"page", subject="page/1")
    cut = place.read(stored.address)[:left]
    place.overwrite(stored.address, cut)
    with pytest.raises(DocumentDamaged):
        documents.verify(stored)
    place.sealed.put(moved := hashlib.sha256(cut).hexdigest(), cut)
    with pytest.raises(DocumentDamaged):
        documents.get(replace(stored, address=moved), subject="page/1")


def test_files_keys_and_rows_of_two_documents_do_not_mix(documents, place):
    one = documents.put(PAGE, subject="page/1")
    two = documents.put(PAGE, subject="page/2")
    place.overwrite(one.address, place.read(two.address))
    with pytest.raises(DocumentDamaged):
        documents.get(one, subject="page/1")
    for mixed in (replace(two, key=one.key), replace(two, content_sha256="0" * 64)):
        with pytest.raises(DocumentDamaged, match="do not belong together"):
            documents.get(mixed, subject="page/2")
    with pytest.raises(DocumentDamaged, match="do not belong together"):
        documents.get(two, subject="page/1")
    assert documents.get(two, subject="page/2") == PAGE


def test_what_is_erased_is_gone_and_erased_again(documents, place):
    stored = documents.put(PAGE, subject="page/1")
    for _ in range(2):
        documents.erase(stored)
        with pytest.raises(DocumentUnknown, match=stored.address):
            documents.get(stored, subject="page/1")
        with pytest.raises(DocumentUnknown):
            documents.verify(stored)
    assert stored.address not in list(place.sealed.addresses())


def test_bytes_of_a_backup_open_nothing_once_the_rows_key_is_gone(documents, place, token):
    stored = documents.put(PAGE, subject="page/1")
    backup = place.read(stored.address)
    documents.erase(stored)
    place.sealed.put(stored.address, backup)
    documents.verify(stored)
    for octets in (b"", bytes(60), documents.put(PAGE, subject="page/1").key.octets):
        with pytest.raises(DocumentDamaged):
            documents.get(
                replace(stored, key=WrappedKey(label="documents-1", octets=octets)), subject="page/1"
            )


@pytest.mark.parametrize("wrong", ["", "x", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 65, "a" * 64])
def test_an_address_that_names_nothing_is_unknown(place, wrong):
    with pytest.raises(DocumentUnknown):
        place.sealed.get(wrong)


def test_many_threads_put_and_get_at_once(documents):
    def work(number: int) -> bool:
        content = f"page {number}".encode() * 1000
        stored = documents.put(content, subject=f"page/{number}")
        return documents.get(stored, subject=f"page/{number}") == content

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(64)))


def test_every_altered_octet_of_a_wrapped_key_is_found(token, tmp_path):
    documents = SealedDocuments(keys=token, place=DiskDocuments(tmp_path))
    stored = documents.put(PAGE, subject="page/1")
    whole = stored.key.octets
    for position in range(len(whole)):
        altered = whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :]
        with pytest.raises(DocumentDamaged, match="documents-1"):
            token.unwrap(WrappedKey(label="documents-1", octets=altered))
    for other in (b"", whole[:12], whole[:-1], whole + b"\0"):
        with pytest.raises(DocumentDamaged):
            token.unwrap(WrappedKey(label="documents-1", octets=other))
    assert documents.get(stored, subject="page/1") == PAGE


@pytest.fixture
def copied(address, tmp_path_factory) -> TokenAddress:
    """The token in a folder of the test's own."""
    folder = tmp_path_factory.mktemp("copy") / "documents"
    shutil.copytree(address.folder, folder)
    configure_soft_token(folder)
    return read_address(folder)


def test_a_new_key_wraps_new_documents_and_the_old_ones_stay_readable(copied, tmp_path):
    with DocumentToken.open(copied, pin()) as token:
        documents = SealedDocuments(keys=token, place=DiskDocuments(tmp_path))
        old = documents.put(PAGE, subject="page/1")
        assert [token.add_key() for _ in range(10)] == [f"documents-{number}" for number in range(2, 12)]
        assert documents.put(PAGE, subject="page/2").key.label == "documents-11"
    with DocumentToken.open(copied, pin()) as token:
        documents = SealedDocuments(keys=token, place=DiskDocuments(tmp_path))
        new = documents.put(PAGE, subject="page/2")
        assert new.key.label == token.labels[-1] == "documents-11"
        assert documents.get(old, subject="page/1") == documents.get(new, subject="page/2") == PAGE
        relabelled = WrappedKey(label="documents-11", octets=old.key.octets)
        with pytest.raises(DocumentDamaged):
            documents.get(replace(old, key=relabelled), subject="page/1")
        with pytest.raises(KeyRefused, match="documents-12"):
            token.unwrap(WrappedKey(label="documents-12", octets=new.key.octets))


@pytest.mark.parametrize("wrong", [b"0000", b"1", b"", b"9" * 255])
def test_a_wrong_pin_opens_nothing(address, wrong):
    with pytest.raises(PinRefused) as caught:
        DocumentToken.open(address, bytearray(wrong))
    assert len(wrong) < 4 or wrong.decode() not in str(caught.value)
    DocumentToken.open(address, pin()).close()


def test_a_token_lost_on_the_way_is_told_from_a_damaged_document(copied, tmp_path):
    with DocumentToken.open(copied, pin()) as token:
        documents = SealedDocuments(keys=token, place=DiskDocuments(tmp_path))
        stored = documents.put(PAGE, subject="page/1")
        shutil.rmtree(copied.objects)
        with pytest.raises(TokenLost):
            documents.get(stored, subject="page/1")
        with pytest.raises((TokenLost, KeyRefused)):
            documents.put(PAGE, subject="page/1")
    assert list(DiskDocuments(tmp_path).addresses()) == [stored.address]


def test_a_token_without_its_keys_or_of_another_kind_is_refused(tmp_path):
    for address in (make_empty_token(tmp_path / "empty", "empty"), make_ca_token(tmp_path / "ca")):
        with pytest.raises(KeyRefused, match="no key for documents"):
            DocumentToken.open(address, pin())
        Token.open(address, pin()).close()  # the refusal left no login behind


def test_data_keys_are_wiped_once_used(token, tmp_path):
    seen: list[bytearray] = []

    class Watched:
        def wrap(self, data_key: bytearray) -> WrappedKey:
            seen.append(data_key)
            return token.wrap(data_key)

        def unwrap(self, key: WrappedKey) -> bytearray:
            seen.append(token.unwrap(key))
            return seen[-1]

    watched = SealedDocuments(keys=Watched(), place=DiskDocuments(tmp_path))
    assert watched.get(watched.put(PAGE, subject="page/1"), subject="page/1") == PAGE
    assert seen == [bytearray(32), bytearray(32)]
