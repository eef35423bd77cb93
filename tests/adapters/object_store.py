"""An S3 server of the test's own on loopback: moto's, as a process, ended by its id."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import boto3

from inro.adapters.end_with_parent import ending_with_this
from inro.configuration.document_places import DocumentBucketPlace
from inro.demo.servers.free_port import free_port, listens
from inro.demo.servers.programs import end, wait_until


@dataclass(frozen=True, kw_only=True)
class ObjectStore:
    """The running server; `place` names a bucket of it."""

    process: "subprocess.Popen[bytes]"
    place: DocumentBucketPlace

    def client(self):
        """Return a client of the test's own, which goes around the adapter."""
        return boto3.session.Session().client(
            "s3",
            endpoint_url=self.place.endpoint,
            region_name=self.place.region,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )


def credentials(folder: Path) -> Path:
    """Write a credentials file as the adapter wants it."""
    file = folder / "s3-credentials.toml"
    file.touch(mode=0o600)
    file.write_text('access_key_id = "test"\nsecret_access_key = "test"\n')
    return file


@contextmanager
def running_object_store(folder: Path) -> Iterator[ObjectStore]:
    """Start the server with one bucket, and end it."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "moto.log").open("wb") as log:
        process = subprocess.Popen(
            ending_with_this(command),
            env=os.environ | {"MOTO_S3_DEFAULT_MAX_KEYS": "10"},  # so that a list has several pages
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        place = DocumentBucketPlace(
            endpoint=f"http://127.0.0.1:{port}",
            bucket=f"documents-{secrets.token_hex(4)}",
            region="us-east-1",
            credentials_file=credentials(folder),
        )
        wait_until(lambda: listens(port), process, folder / "moto.log")
        store = ObjectStore(process=process, place=place)
        store.client().create_bucket(Bucket=place.bucket)
        yield store
    finally:
        end(process)
