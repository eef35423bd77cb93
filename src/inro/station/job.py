"""What the child process of one card is told: card, token, printer and mailer, and no secret (17.1, 19.1)."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from inro.adapters.token_address import TokenAddress
from inro.paper.parties import Addressee, Operator
from inro.ports.card import CardLabel
from inro.store.states import Medium

CERTIFICATE_ROOM: Final = 3400


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualCardPlace:
    """A virtual card: its file."""

    path: Path

    @property
    def medium(self) -> Medium:
        """What kind of card this is."""
        return Medium.VIRTUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderPlace:
    """A card in a PC/SC reader: the reader's name; `medium` is virtual for vpcd's."""

    reader: str
    medium: Medium


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderPrinter:
    """A folder that takes mailers as files: demonstration only (19.3)."""

    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPrinter:
    """A printer spoken to directly; `certificate` (PEM) is its own, needed except on loopback."""

    host: str
    port: int = 631
    path: str = "/ipp/print"
    certificate: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailerJob:
    """What the PIN mailer says besides the PIN; its number comes with the record of the intent."""

    recipient: Addressee
    operator: Operator
    application: str
    printed_on: date


type CardPlace = VirtualCardPlace | ReaderPlace
type PrinterChoice = FolderPrinter | NetworkPrinter


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalisationJob:
    """One card to make: everything the child needs but the PINs and keys."""

    label: CardLabel
    card: CardPlace
    token: TokenAddress
    printer: PrinterChoice
    mailer: MailerJob
    certificate_room: int = CERTIFICATE_ROOM
    key_bits: int = 2048
    require_locked_memory: bool = True


_VARIANTS = {kind.__name__: kind for kind in (VirtualCardPlace, ReaderPlace, FolderPrinter, NetworkPrinter)}


def encode_job(job: PersonalisationJob) -> bytes:
    """Return the job as one JSON document."""
    record = asdict(job)
    record["card"]["kind"] = type(job.card).__name__
    record["printer"]["kind"] = type(job.printer).__name__
    return json.dumps(record, default=str, ensure_ascii=False).encode()


def decode_job(document: bytes) -> PersonalisationJob:
    """Return the job that `encode_job` wrote."""
    record = json.loads(document)
    mailer = record.pop("mailer")
    recipient = mailer["recipient"] | {"address": tuple(mailer["recipient"]["address"])}
    token = _with_paths(record.pop("token"), "folder", "module")
    return PersonalisationJob(
        label=CardLabel(**record.pop("label")),
        card=_variant(record.pop("card")),
        printer=_variant(record.pop("printer")),
        token=TokenAddress(**token),
        mailer=MailerJob(
            recipient=Addressee(**recipient),
            operator=Operator(**mailer["operator"]),
            application=mailer["application"],
            printed_on=date.fromisoformat(mailer["printed_on"]),
        ),
        **record,
    )


def _variant(record: dict[str, Any]) -> Any:
    kind = _VARIANTS[record.pop("kind")]
    if "medium" in record:
        record["medium"] = Medium(record["medium"])
    return kind(**_with_paths(record, "path" if kind is VirtualCardPlace else "", "folder", "certificate"))


def _with_paths(record: dict[str, Any], *names: str) -> dict[str, Any]:
    return record | {name: Path(record[name]) for name in names if record.get(name)}
