"""The web half of the repository: files replaced whole, read back as a stranger sees them (4(6), 26.1)."""

import fcntl
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from inro.ports.errors import NewerPublished, PortError
from inro.ports.replacement import MayReplace, replace_anything

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.(crl|cer)|(terms|fees|cps|relying)-[a-z0-9-]{1,10}\.txt")
_CHUNK = 1 << 20
_NOT_FOUND = 404


class WebTreeUnavailable(PortError):
    """The tree could not be written, or the web server did not give what is in it."""


class WebTree:
    """A folder that a web server shows at `address`; readers see an old file or a new one, never a part."""

    def __init__(self, *, folder: Path, address: str, timeout: float = 20.0) -> None:
        if not address.startswith(("http://", "https://")):
            raise WebTreeUnavailable("web repository", f"{address!r} is no web address", "correct inro.toml")
        self._folder = folder
        self._address = address.rstrip("/")
        self._timeout = timeout
        # Neither a proxy nor a redirection: what is compared must come from the server itself.
        self._opener = build_opener(ProxyHandler({}), _NoRedirection())

    def publish(self, name: str, content: bytes, *, may_replace: MayReplace = replace_anything) -> None:
        """Put `content` in the tree under `name`, on disk for good when this returns.

        One writer at a time, so that what was looked at is what is replaced.
        Raises: WebTreeUnavailable, NewerPublished; the old file is then still there.
        """
        path = self._folder / _checked(name)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with _alone(self._folder):
                if path.exists() and not may_replace(path.read_bytes()):
                    do = "the next run publishes the newest"
                    raise NewerPublished("web repository", f"has a newer {name}", do)
                _replace(path, content)
        except OSError as error:
            do = f"make room in {self._folder} and see that it can be written"
            raise WebTreeUnavailable("web repository", str(error), do) from error

    def read_back(self, name: str) -> bytes | None:
        """Return what the web server gives for `name`, or None where it has nothing.

        Raises: WebTreeUnavailable.
        """
        address = f"{self._address}/{quote(_checked(name))}"
        request = Request(address, headers={"Cache-Control": "no-cache"})
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                return b"".join(iter(lambda: answer.read(_CHUNK), b""))
        except HTTPError as error:
            error.close()
            if error.code == _NOT_FOUND:
                return None
            raise WebTreeUnavailable("web repository", f"{address} answers {error.code}") from error
        except (URLError, OSError, HTTPException) as error:
            do = "see that the responder runs and its address is right"
            raise WebTreeUnavailable("web repository", f"{address}: {error}", do) from error


class _NoRedirection(HTTPRedirectHandler):
    def redirect_request(self, *_arguments: object) -> None:
        """Follow nothing: the answer then counts as an error with its own code."""


def _checked(name: str) -> str:
    if _NAME.fullmatch(name) is None:
        raise WebTreeUnavailable("web repository", f"{name!r} is no name of a list, a certificate or a text")
    return name


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _replace(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
