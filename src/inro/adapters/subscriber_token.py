"""The station's token: subscribers' keys until they are on a card, and the station's own key (5.2, 17.3)."""

import secrets
from typing import Any

import pkcs11
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap_with_padding
from pkcs11 import Attribute, KeyType, Mechanism, MechanismFlag, ObjectClass

from inro.adapters.locked_memory import wipe
from inro.adapters.opened_token import OpenedToken, SigningToken
from inro.adapters.pkcs11_core import Token, translated
from inro.adapters.token_address import STATION_KEY, KeyRefused
from inro.adapters.token_keys import KeyAttributes, make_rsa_key, public_key_info_of
from inro.ports.key_maker import KeyErasure

_STATION_BITS = 3072
_METHOD = "C_DestroyObject on session objects, then search by identifier and in the token's folder"


class StationKey(SigningToken):
    """The key by which a station signs its hand-over."""

    LABEL = STATION_KEY


def make_station_key(token: Token) -> KeyAttributes:
    """Make the station's key in an empty token (the ceremony calls this).

    Raises: KeyRefused, TokenLost.
    """
    return make_rsa_key(token=token, label=STATION_KEY, bits=_STATION_BITS)


class SubscriberToken(OpenedToken):
    """`ports.key_maker.KeyMaker`: one subscriber's key pair at a time, in memory of the module alone.

    It belongs in the child process of one card, which ends with it: what Python copies of the private key
    while unwrapping it lives in that process and nowhere else.
    """

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self._session: pkcs11.Session | None = None
        self._identifier = b""
        self._files_before: frozenset[str] = frozenset()
        self._private: Any = None

    @property
    def station_key(self) -> StationKey:
        """The station's key under the same login, for a process that needs both."""
        return StationKey(self._token)

    def make_key(self, bits: int = 2048) -> bytes:
        """Make the key pair as session objects; return its SubjectPublicKeyInfo, DER (5.2).

        Raises: KeyRefused, TokenLost, ForeignProcess.
        """
        if self._session is not None:
            raise KeyRefused("subscriber key", "one is being made already", "erase it first")
        self._files_before = self._token.object_files()
        self._session = self._token.private_session()
        self._identifier = secrets.token_bytes(16)
        with translated(self._token.address):
            _public, self._private = self._session.generate_keypair(
                KeyType.RSA,
                bits,
                store=False,
                id=self._identifier,
                capabilities=MechanismFlag.SIGN | MechanismFlag.VERIFY,
                private_template={Attribute.EXTRACTABLE: True, Attribute.SENSITIVE: True},
            )
            return public_key_info_of(
                self._private[Attribute.MODULUS], self._private[Attribute.PUBLIC_EXPONENT]
            )

    def take_private_key(self) -> bytearray:
        """Return the private key (PKCS#8 DER) for the card, once: it leaves the module under a one-time key.

        Raises: KeyRefused, TokenLost, ForeignProcess.
        """
        self._token.require_own_process()
        if self._session is None or self._private is None:
            raise KeyRefused("subscriber key", "there is none to take", "make one; it is given once")
        transport = bytearray(secrets.token_bytes(32))
        try:
            with translated(self._token.address):
                wrapped = self._wrapped(self._session, transport)
            self._private = None
            return _unwrapped(wrapped, transport)
        finally:
            wipe(transport)

    def erase_key(self) -> KeyErasure:
        """Destroy the key pair, then look for it by identifier and for files that appeared meanwhile (17.3).

        Raises: TokenLost, ForeignProcess.
        """
        self._token.require_own_process()
        if self._session is None:
            return KeyErasure(method=_METHOD, objects_before=0, objects_after=0)
        with translated(self._token.address):
            found = self._remains(self._session)
            for item in found:
                item.destroy()
            left = len(self._remains(self._session))
            new_files = len(self._token.object_files() - self._files_before)
            self._session.close()
        self._session, self._private, self._identifier = None, None, b""
        return KeyErasure(
            method=_METHOD, objects_before=len(found) + new_files, objects_after=left + new_files
        )

    def close(self) -> None:
        """Log out; a key still there ends with its session."""
        self._session, self._private = None, None
        super().close()

    def _remains(self, session: pkcs11.Session) -> list[Any]:
        return list(session.get_objects({Attribute.ID: self._identifier}))

    def _wrapped(self, session: pkcs11.Session, transport: bytearray) -> bytes:
        wrapping: Any = session.create_object(
            {
                Attribute.CLASS: ObjectClass.SECRET_KEY,
                Attribute.KEY_TYPE: KeyType.AES,
                Attribute.TOKEN: False,
                Attribute.ID: self._identifier,
                Attribute.WRAP: True,
                Attribute.VALUE: bytes(transport),
            }
        )
        try:
            return bytes(wrapping.wrap_key(self._private, mechanism=Mechanism.AES_KEY_WRAP_PAD))
        finally:
            wrapping.destroy()


def _unwrapped(wrapped: bytes, transport: bytearray) -> bytearray:
    try:
        padded = bytearray(aes_key_unwrap_with_padding(bytes(transport), wrapped))
    except InvalidUnwrap as error:
        raise KeyRefused(
            "subscriber key", "the module's wrapping does not open", "check the module"
        ) from error
    try:
        return padded[: _outer_length(padded)]
    finally:
        wipe(padded)


def _outer_length(der: bytearray) -> int:
    """Return the length of the outer SEQUENCE (X.690 8.1.3): SoftHSM pads the key before it wraps it."""
    short = der[1] < 0x80
    octets = 0 if short else der[1] & 0x7F
    content = der[1] if short else int.from_bytes(der[2 : 2 + octets])
    return 2 + octets + content
