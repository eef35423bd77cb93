"""A key of the process's own that stands in for the CA's while a structure is drafted and linted.

It signs nothing that leaves the process: what it signed is taken apart again, and only the inner bytes go to
the CA's key. One key serves every permitted algorithm, since those bytes name the algorithm and not the key.
"""

from functools import cache

from cryptography.hazmat.primitives.asymmetric import padding, rsa

from inro.pki import der
from inro.pki.signature import SignatureAlgorithm


@cache
def throwaway_key() -> rsa.RSAPrivateKey:
    """Return the process's throwaway key, made at first use."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def sign_for_lint(*, tbs: bytes, algorithm: SignatureAlgorithm) -> bytes:
    """Return `tbs` under a throwaway signature: a structure a linter can read and nobody can trust."""
    signature = throwaway_key().sign(tbs, padding.PKCS1v15(), algorithm.hash)
    return der.join_signed(tbs=tbs, algorithm=algorithm.identifier, signature=signature)
