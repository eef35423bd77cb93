"""Making a token whose PINs nobody knows alone (Ordinance 6(17))."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from inro.adapters.custodian_shares import (
    SECRET_OCTETS,
    SharesRefused,
    officer_pin,
    recover_secret,
    split_secret,
    user_pin,
)
from inro.adapters.locked_memory import LockedSecret, wipe
from inro.adapters.pkcs11_core import Token, initialise_token
from inro.adapters.token_address import TokenAddress, write_address
from inro.ceremony.plan import TokenPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeToken:
    """A token just made, with the secret behind its PINs until the ceremony ends."""

    plan: TokenPlan
    address: TokenAddress
    secret: LockedSecret

    @contextmanager
    def opened(self) -> Iterator[Token]:
        """Open the token; one is open at a time.

        Raises: PortError.
        """
        pin = user_pin(self.secret.secret)
        try:
            with Token.open(self.address, pin) as token:
                yield token
        finally:
            wipe(pin)

    def shares(self) -> tuple[str, ...]:
        """Split the secret, and try that the last custodians needed bring it back.

        Raises: SharesRefused.
        """
        shares = split_secret(
            secret=bytes(self.secret.secret),
            threshold=self.plan.threshold,
            custodians=len(self.plan.custodians),
        )
        tried = recover_secret(shares[-self.plan.threshold :])
        if tried != self.secret.secret:
            raise SharesRefused(self.plan.name, "the shares bring another secret back", "hold it again")
        wipe(tried)
        return shares


def make_token(
    *, plan: TokenPlan, folder: Path, module: Path, random_bytes: Callable[[int], bytes]
) -> MadeToken:
    """Initialise a token with both PINs drawn at random; a secret too short is refused by the splitting.

    Raises: PortError.
    """
    secret = LockedSecret(bytearray(random_bytes(SECRET_OCTETS)))
    pins = officer_pin(secret.secret), user_pin(secret.secret)
    try:
        address = initialise_token(
            address=TokenAddress(folder=folder, label=plan.label, module=module), so_pin=pins[0], pin=pins[1]
        )
        write_address(address)
    except BaseException:
        secret.close()
        raise
    finally:
        for pin in pins:
            wipe(pin)
    return MadeToken(plan=plan, address=address, secret=secret)
