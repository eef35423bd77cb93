"""A printer spoken to by IPP itself, so that no spool here holds a document (19.3; RFC 8010, 8011)."""

import http.client
import ssl
from pathlib import Path

from inro.configuration.loopback import is_loopback
from inro.ports.errors import PrinterUnavailable

_PATIENCE = 60.0
_VERSION, _PRINT_JOB, _REQUEST = b"\x02\x00", b"\x00\x02", b"\x00\x00\x00\x01"
_OPERATION_ATTRIBUTES, _END_OF_ATTRIBUTES = b"\x01", b"\x03"
_NAME, _URI, _CHARSET, _LANGUAGE, _MEDIA_TYPE = 0x42, 0x45, 0x47, 0x48, 0x49
_LONGEST_TITLE = 255


class IppPrinter:
    """One IPP printer; `certificate` is its own (PEM) for TLS, and may be missing on loopback only."""

    def __init__(self, *, host: str, port: int, path: str, certificate: Path | None = None) -> None:
        self._host = host
        self._port = port
        self._path = path
        self._certificate = certificate

    def print_document(self, title: str, pdf: bytes) -> None:
        """Send `pdf` as one Print-Job (RFC 8011 4.2.1).

        Raises: PrinterUnavailable.
        """
        try:
            connection = self._connection()
            try:
                connection.request(
                    "POST", self._path, self._job(title, pdf), {"Content-Type": "application/ipp"}
                )
                response = connection.getresponse()
                answer = response.read()
            finally:
                connection.close()
        except (OSError, http.client.HTTPException) as error:
            raise PrinterUnavailable(self._where, str(error) or type(error).__name__) from error
        if response.status != http.client.OK or len(answer) < 4:
            raise PrinterUnavailable(self._where, f"HTTP status {response.status}")
        status = int.from_bytes(answer[2:4])
        if status >= 0x0100:
            raise PrinterUnavailable(self._where, f"IPP status {status:#06x}", "look at the printer")

    @property
    def _where(self) -> str:
        return f"printer {self._host}:{self._port}{self._path}"

    def _connection(self) -> http.client.HTTPConnection:
        if self._certificate is not None:
            trusted = ssl.create_default_context(cafile=str(self._certificate))
            return http.client.HTTPSConnection(self._host, self._port, timeout=_PATIENCE, context=trusted)
        if not is_loopback(self._host):
            raise PrinterUnavailable(
                self._where, "a PIN does not travel in the clear", "name its certificate"
            )
        return http.client.HTTPConnection(self._host, self._port, timeout=_PATIENCE)

    def _job(self, title: str, pdf: bytes) -> bytes:
        attributes = (
            (_CHARSET, "attributes-charset", "utf-8"),
            (_LANGUAGE, "attributes-natural-language", "ja"),
            (_URI, "printer-uri", f"ipp://{self._host}:{self._port}{self._path}"),
            (_NAME, "requesting-user-name", "inro"),
            (_NAME, "job-name", title[:_LONGEST_TITLE]),
            (_MEDIA_TYPE, "document-format", "application/pdf"),
        )
        head = _VERSION + _PRINT_JOB + _REQUEST + _OPERATION_ATTRIBUTES
        return head + b"".join(_attribute(*attribute) for attribute in attributes) + _END_OF_ATTRIBUTES + pdf


def _attribute(tag: int, name: str, value: str) -> bytes:
    label, content = name.encode("ascii"), value.encode()
    return bytes([tag]) + len(label).to_bytes(2) + label + len(content).to_bytes(2) + content
