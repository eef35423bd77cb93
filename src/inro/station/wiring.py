"""Puts the station's room together from the installation, the ceremony's folder and the PIN."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from inro.adapters.subscriber_token import StationKey
from inro.adapters.token_address import TokenAddress, read_address
from inro.configuration.installation import FolderPrinterPlace, Installation, StationPlaces
from inro.paper.parties import Addressee, Operator
from inro.ports.card import CardLabel
from inro.ports.errors import CardRefused
from inro.practice.calendar import jst_date
from inro.station.job import (
    CardPlace,
    FolderPrinter,
    MailerJob,
    NetworkPrinter,
    PersonalisationJob,
    PrinterChoice,
    ReaderPlace,
    VirtualCardPlace,
)
from inro.station.room import Room
from inro.store.reads.address import home_address
from inro.store.reads.issuance import OrderRecord
from inro.store.states import Medium
from inro.usecases.actor import process


@contextmanager
def opened_room(
    *, installation: Installation, pin: bytearray, card_file_key: bytes | None, name: str | None = None
) -> Iterator[Room]:
    """Log in with the station's key and yield the room; `name` tells several stations of one house apart.

    Raises: PinRefused, TokenMissing, KeyRefused, CardRefused where virtual cards are not allowed.
    """
    places = installation.station
    if places.cards is not None and not installation.demonstration:
        raise CardRefused("virtual cards", "are for demonstrations only", "name a reader in inro.toml")
    address = read_address(places.token)

    def job(order: OrderRecord, card_serial: str, now: datetime) -> PersonalisationJob:
        return _job(installation, address, order, card_serial, now)

    with StationKey.open(address, pin) as key:
        yield Room(
            key=key,
            token_pin=bytes(pin),
            card_file_key=card_file_key,
            medium=Medium.VIRTUAL if places.cards is not None else Medium.HARDWARE,
            job=job,
            actor=process(name or places.name),
            name=name or places.name,
            reader=_reader(places) if places.cards is None else None,
        )


def _job(
    installation: Installation, address: TokenAddress, order: OrderRecord, card_serial: str, now: datetime
) -> PersonalisationJob:
    home = home_address(order.application_id)
    return PersonalisationJob(
        label=CardLabel(serial=card_serial, label=f"inro {card_serial}"),
        card=_card(installation.station, card_serial),
        token=address,
        printer=_printer(installation.station),
        mailer=MailerJob(
            recipient=Addressee(name=home.name, postal_code=home.postal_code, address=home.lines),
            operator=_operator(installation),
            application=order.application_number,
            printed_on=jst_date(now),
        ),
        require_locked_memory=installation.station.lock_memory,
    )


def _card(places: StationPlaces, card_serial: str) -> CardPlace:
    if places.cards is not None:
        return VirtualCardPlace(path=card_file(places.cards, card_serial))
    return _reader(places)


def _reader(places: StationPlaces) -> ReaderPlace:
    return ReaderPlace(reader=places.reader or "", medium=Medium.HARDWARE)


def card_file(folder: Path, card_serial: str) -> Path:
    """Return the file of a virtual card."""
    return folder / f"{card_serial}.card"


def _printer(places: StationPlaces) -> PrinterChoice:
    printer = places.printer
    if isinstance(printer, FolderPrinterPlace):
        return FolderPrinter(folder=printer.folder)
    return NetworkPrinter(
        host=printer.host, port=printer.port, path=printer.path, certificate=printer.certificate
    )


def _operator(installation: Installation) -> Operator:
    return Operator(
        name=installation.operator.name,
        service=installation.operator.service,
        postal_code=installation.operator.postal_code,
        address=installation.operator.address,
        telephone=installation.operator.telephone,
        email=installation.operator.email,
        website=installation.operator.website,
        registration_number=installation.operator.registration_number,
        demonstration=installation.demonstration,
    )
