"""A certificate in a file as people hand it on: armoured (RFC 7468) or in DER."""

from cryptography import x509

_ARMOUR = b"-----BEGIN"


def certificate_in(octets: bytes) -> x509.Certificate:
    """Read a file's certificate.

    Raises: what `inro.pki.issuer.UNDECODABLE` names.
    """
    load = x509.load_pem_x509_certificate if _ARMOUR in octets else x509.load_der_x509_certificate
    return load(octets)
