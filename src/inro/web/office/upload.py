"""Uploads stay in memory: no file is written for one, and no name of one is kept (8.5)."""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from inro.japanese.number_detector import holds_forbidden_number
from inro.paper.scan.errors import FileFault, FileRefused
from inro.practice.intake import NumberInText
from inro.web.office.house import house


class UploadInMemory(FileUploadHandler):
    """Collects each file in memory; what is not taken in is left on `request.refused_files` with its reason.

    One file may be as large as the scanner's, all of a request together as large as the quarantine.
    """

    chunk_size = 2**20

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._parts: list[bytes] = []
        self._refusal: Exception | None = None
        self._octets = 0

    def new_file(self, *given: Any, **named: Any) -> None:
        """Begin a file; its name is looked at once, for a number, and forgotten."""
        super().new_file(*given, **named)
        named_so = self.file_name or ""
        self._parts = []
        self._refusal = NumberInText(field="file_name") if holds_forbidden_number(named_so) else None
        self.file_name = "scan"

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece of the file; the rest of one that is refused is let go by."""
        self._octets += len(raw_data)
        if self._octets > house().installation.documents.quarantine_octets:
            self._parts = []
            refused_files(self.request).append(FileRefused(FileFault.TOO_LARGE, str(self._octets)))
            # The rest is read and let go, so that the browser gets an answer.
            raise StopUpload(connection_reset=False)
        if start + len(raw_data) > house().installation.documents.file_octets:
            self._refusal = self._refusal or FileRefused(FileFault.TOO_LARGE, str(start + len(raw_data)))
        if self._refusal is not None:
            self._parts = []
            return
        self._parts.append(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """Return the file as it lies in memory, or note why there is none."""
        data, self._parts = b"".join(self._parts), []
        if self._refusal is not None:
            refused_files(self.request).append(self._refusal)
            return None
        return InMemoryUploadedFile(
            io.BytesIO(data), self.field_name, "scan", "application/octet-stream", file_size, None
        )


def refused_files(request: HttpRequest | None) -> list[Exception]:
    """Return the list of what a request's files were refused for."""
    found: list[Exception] = request.__dict__.setdefault("refused_files", [])
    return found
