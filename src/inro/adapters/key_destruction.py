"""Every object of a token destroyed, and its absence seen after a new login (Ordinance 6(17); 11)."""

from dataclasses import dataclass
from pathlib import Path

from pkcs11 import Attribute, ObjectClass

from inro.adapters.pkcs11_core import Token, translated
from inro.adapters.token_address import KeyRefused, TokenAddress
from inro.adapters.token_keys import SigningKey


@dataclass(frozen=True, slots=True, kw_only=True)
class DestroyedToken:
    """One token emptied: labels of what was in it, how many objects before and after, files among them.

    `after` and `files_after` are counted by a session opened after the destruction.
    """

    folder: Path
    serial: str
    labels: tuple[str, ...]
    before: int
    after: int
    files_after: int


def destroy_keys(*, address: TokenAddress, pin: bytearray, public_key_info: bytes | None) -> DestroyedToken:
    """Destroy every object of a token whose signing key is the one named; an empty token is left as it is.

    `public_key_info` (DER) is that of the key labelled as the token, None for a token of secrets alone. The
    caller wipes `pin`.

    Raises: KeyRefused for another key, or where anything is left; TokenMissing, PinRefused, TokenLost.
    """
    with Token.open(address, pin) as token:
        labels = _labels(token)
        if labels and public_key_info is not None:
            _check_key(token, address, public_key_info)
        with token.writing() as session:
            for found in list(session.get_objects()):
                found.destroy()
    with Token.open(address, pin) as token:
        after, files = len(_labels(token)), len(_key_files(token))
    if after or files:
        detail = f"{after} objects, {files} files are left"
        raise KeyRefused(address.label, detail, "hold the ceremony again; keep the token locked away")
    return DestroyedToken(
        folder=address.folder,
        serial=address.serial or "",
        labels=labels,
        before=len(labels),
        after=after,
        files_after=files,
    )


def _key_files(token: Token) -> tuple[str, ...]:
    # SoftHSM keeps the token's own label and PINs in a file of this name; every other one is a key.
    return tuple(name for name in token.object_files() if Path(name).name != "token.object")


def _labels(token: Token) -> tuple[str, ...]:
    session = token.private_session()
    try:
        with translated(token.address):
            return tuple(sorted(str(found[Attribute.LABEL]) for found in session.get_objects()))
    finally:
        session.close()


def _check_key(token: Token, address: TokenAddress, public_key_info: bytes) -> None:
    session = token.private_session()
    try:
        with translated(address):
            private = list(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY}))
            names = [str(found[Attribute.LABEL]) for found in private]
    finally:
        session.close()
    if any(SigningKey(token=token, label=name).public_key_info == public_key_info for name in names):
        return
    raise KeyRefused(address.label, "holds another key than the ceremony's", "name the right folder")
