"""The responder's token: the key that answers for the CA while its certificate lives (RFC 6960 4.2.2.2)."""

from inro.adapters.opened_token import SigningToken
from inro.adapters.token_address import OCSP_KEY


class OcspToken(SigningToken):
    """The open OCSP token."""

    LABEL = OCSP_KEY
