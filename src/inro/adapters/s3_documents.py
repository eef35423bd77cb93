"""Sealed documents as objects of a bucket, on any server that speaks S3 (28, 40(7)).

An object's name is its SHA-256, which goes along as checksum: a server keeps what arrived whole, or refuses.
"""

import base64
import os
import stat
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from inro.adapters.document_seal import is_address, require_address, require_bytes
from inro.configuration.document_places import DocumentBucketPlace
from inro.ports.errors import DocumentStoreUnavailable, DocumentUnknown

_UNKNOWN = "NoSuchKey"
_DO = "see that the object store runs and that [documents.store.s3] of inro.toml is right"
_ATTEMPTS = 3
_CONNECT_TIMEOUT_S, _READ_TIMEOUT_S = 5.0, 30.0


class S3Documents:
    """`ports.document_store.SealedBytes` in a bucket; usable from several threads."""

    def __init__(self, place: DocumentBucketPlace) -> None:
        """Read the credentials (TOML: `access_key_id`, `secret_access_key`); the server is not asked yet.

        Raises: DocumentStoreUnavailable.
        """
        self._bucket = place.bucket
        self._what = f"bucket {place.bucket} at {place.endpoint}"
        self._client = _client(place)

    def put(self, address: str, sealed: bytes) -> None:
        """Keep `sealed`; the server compares it with its address before it answers.

        Raises: DocumentStoreUnavailable.
        """
        checksum = base64.b64encode(bytes.fromhex(require_address(address))).decode()
        with self._errors(address):
            self._client.put_object(
                Bucket=self._bucket,
                Key=address,
                Body=sealed,
                ChecksumAlgorithm="SHA256",
                ChecksumSHA256=checksum,
            )

    def get(self, address: str) -> bytes:
        """Return the bytes, held against their address.

        Raises: DocumentUnknown, DocumentDamaged, DocumentStoreUnavailable.
        """
        with self._errors(require_address(address)):
            answer = self._client.get_object(Bucket=self._bucket, Key=address)
            sealed: bytes = answer["Body"].read()
        return require_bytes(address, sealed)

    def erase(self, address: str) -> None:
        """Remove the object; versions a server keeps besides are noise without the row's key.

        Raises: DocumentStoreUnavailable.
        """
        with self._errors(require_address(address)):
            self._client.delete_object(Bucket=self._bucket, Key=address)

    def addresses(self) -> Iterator[str]:
        """Yield every address there is.

        Raises: DocumentStoreUnavailable.
        """
        with self._errors(""):
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket)
            for page in pages:
                yield from (item["Key"] for item in page.get("Contents", ()) if is_address(item["Key"]))

    def check(self) -> None:
        """Ask the server for the bucket.

        Raises: DocumentStoreUnavailable.
        """
        with self._errors(""):
            self._client.list_objects_v2(Bucket=self._bucket, MaxKeys=1)

    @contextmanager
    def _errors(self, address: str) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            if code == _UNKNOWN:
                raise DocumentUnknown(f"document {address}", f"not in {self._what}", "restore it") from error
            raise DocumentStoreUnavailable(self._what, f"refuses: {code}", _DO) from error
        except (BotoCoreError, OSError) as error:
            raise DocumentStoreUnavailable(self._what, type(error).__name__, _DO) from error


def _client(place: DocumentBucketPlace) -> Any:
    identity, secret = _credentials(place.credentials_file)
    settings = Config(
        connect_timeout=_CONNECT_TIMEOUT_S,
        read_timeout=_READ_TIMEOUT_S,
        retries={"total_max_attempts": _ATTEMPTS, "mode": "standard"},
        s3={"addressing_style": "path"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        proxies={},
    )
    try:
        return boto3.session.Session().client(
            "s3",
            endpoint_url=place.endpoint,
            region_name=place.region,
            aws_access_key_id=identity,
            aws_secret_access_key=secret,
            config=settings,
        )
    except (BotoCoreError, ValueError) as error:
        raise DocumentStoreUnavailable(f"bucket {place.bucket}", str(error), _DO) from error


def _credentials(file: Path) -> tuple[str, str]:
    do = f"write access_key_id and secret_access_key into it and chmod 600 {file}"
    try:
        with file.open("rb") as opened:
            facts = os.fstat(opened.fileno())
            if facts.st_uid != os.geteuid() or stat.S_IMODE(facts.st_mode) & 0o077:
                raise DocumentStoreUnavailable(str(file), "others can read these credentials", do)
            table = tomllib.load(opened)
    except OSError as error:
        raise DocumentStoreUnavailable(str(file), error.strerror or str(error), do) from error
    except ValueError as error:
        raise DocumentStoreUnavailable(str(file), "no TOML in UTF-8", do) from error
    given = table.get("access_key_id"), table.get("secret_access_key")
    if not all(isinstance(text, str) and text for text in given) or len(table) != len(given):
        raise DocumentStoreUnavailable(str(file), "does not hold these two keys and no other", do)
    return str(given[0]), str(given[1])
