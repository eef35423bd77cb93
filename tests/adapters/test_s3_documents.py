"""The bucket: what a server that is away, refuses or alters says, and whose credentials are taken (40(7))."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from inro.adapters.s3_documents import S3Documents
from inro.demo.servers.free_port import free_port
from inro.demo.servers.programs import end
from inro.ports.errors import DocumentStoreUnavailable
from tests.adapters.object_store import ObjectStore, running_object_store

SEALED = b"sealed bytes" * 100
ADDRESS = hashlib.sha256(SEALED).hexdigest()


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Iterator[ObjectStore]:
    with running_object_store(tmp_path_factory.mktemp("moto")) as running:
        yield running


def test_the_server_keeps_the_address_as_checksum(store):
    S3Documents(store.place).put(ADDRESS, SEALED)
    facts = store.client().head_object(Bucket=store.place.bucket, Key=ADDRESS, ChecksumMode="ENABLED")
    assert facts["ContentLength"] == len(SEALED)
    assert facts["ChecksumSHA256"] == base64.b64encode(bytes.fromhex(ADDRESS)).decode()


def test_more_than_one_page_of_addresses_is_listed(store):
    documents = S3Documents(store.place)
    addresses = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(25)]
    for number, address in enumerate(addresses):
        documents.put(address, str(number).encode())
    assert set(addresses) <= set(documents.addresses())
    store.client().put_object(Bucket=store.place.bucket, Key="readme.txt", Body=b"")
    assert "readme.txt" not in set(documents.addresses())


def test_a_bucket_that_is_not_there_is_named(store):
    documents = S3Documents(replace(store.place, bucket="elsewhere"))
    acts = (
        lambda: documents.put(ADDRESS, SEALED),
        lambda: documents.get(ADDRESS),
        lambda: documents.erase(ADDRESS),
        lambda: list(documents.addresses()),
        documents.check,
    )
    for act in acts:
        with pytest.raises(DocumentStoreUnavailable, match=r"elsewhere.*NoSuchBucket.*inro\.toml"):
            act()


def test_a_server_that_is_away_is_named(tmp_path):
    with running_object_store(tmp_path) as running:
        documents = S3Documents(running.place)
        documents.put(ADDRESS, SEALED)
        end(running.process)
        for act in (lambda: documents.put(ADDRESS, SEALED), lambda: documents.get(ADDRESS)):
            with pytest.raises(DocumentStoreUnavailable, match=r"bucket documents-.*object store runs"):
                act()


def test_a_proxy_of_the_environment_is_not_asked(store, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    documents = S3Documents(store.place)
    documents.put(ADDRESS, SEALED)
    assert documents.get(ADDRESS) == SEALED


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o606])
def test_credentials_that_others_can_reach_are_refused(store, tmp_path, mode):
    file = tmp_path / "credentials.toml"
    file.write_text(store.place.credentials_file.read_text())
    file.chmod(mode)
    with pytest.raises(DocumentStoreUnavailable, match="chmod 600"):
        S3Documents(replace(store.place, credentials_file=file))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"not toml",
        b"\xff",
        b'access_key_id = "key-id-1"',
        b'access_key_id = "key-id-1"\nsecret_access_key = ""',
        b'access_key_id = "key-id-1"\nsecret_access_key = 7',
        b'access_key_id = "key-id-1"\nsecret_access_key = "x"\nregion = "x"',
    ],
)
def test_credentials_of_another_form_are_refused_without_repeating_them(store, tmp_path, text):
    file = tmp_path / "credentials.toml"
    file.touch(mode=0o600)
    file.write_bytes(text)
    with pytest.raises(DocumentStoreUnavailable) as caught:
        S3Documents(replace(store.place, credentials_file=file))
    assert "key-id-1" not in str(caught.value)


def test_credentials_that_are_missing_are_named(store, tmp_path):
    with pytest.raises(DocumentStoreUnavailable, match="access_key_id"):
        S3Documents(replace(store.place, credentials_file=tmp_path / "none"))
