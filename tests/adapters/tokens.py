"""Throwaway SoftHSM tokens in a test's own folder, each with the keys its process expects."""

from pathlib import Path

from inro.adapters.ca_token import CaToken
from inro.adapters.pkcs11_core import Token, initialise_token
from inro.adapters.roster_token import RosterToken
from inro.adapters.subscriber_token import make_station_key
from inro.adapters.token_address import FIRST_DOCUMENT_KEY, TokenAddress, write_address
from inro.adapters.token_keys import make_wrapping_key

SO_PIN = "102030405060708"


def pin() -> bytearray:
    """Return the PIN of every throwaway token, in an own piece of memory."""
    return bytearray(b"314159265358979")


def make_empty_token(folder: Path, label: str) -> TokenAddress:
    """Make a token without keys."""
    address = initialise_token(
        address=TokenAddress(folder=folder, label=label), so_pin=bytearray(SO_PIN.encode()), pin=pin()
    )
    write_address(address)
    return address


def make_ca_token(folder: Path, *, bits: int = 2048) -> TokenAddress:
    """Make a CA token with its issuing key and its journal's key."""
    address = make_empty_token(folder, "test-ca")
    with Token.open(address, pin()) as token:
        CaToken.make(token, bits=bits)
    return address


def make_station_token(folder: Path) -> TokenAddress:
    """Make a station's token with the station's key."""
    address = make_empty_token(folder, "test-station")
    with Token.open(address, pin()) as token:
        make_station_key(token)
    return address


def make_roster_token(folder: Path) -> TokenAddress:
    """Make a roster token with its key."""
    address = make_empty_token(folder, "test-roster")
    with Token.open(address, pin()) as token:
        RosterToken.make(token)
    return address


def make_document_token(folder: Path) -> TokenAddress:
    """Make a documents' token with its first key."""
    address = make_empty_token(folder, "test-documents")
    with Token.open(address, pin()) as token:
        make_wrapping_key(token=token, label=FIRST_DOCUMENT_KEY)
    return address
