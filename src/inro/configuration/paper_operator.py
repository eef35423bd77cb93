"""Who writes an installation's letters and forms, as papers name it."""

from inro.configuration.installation import Installation
from inro.paper.parties import Operator


def operator_of(installation: Installation) -> Operator:
    """Return the operator as papers name it; every paper of a demonstration is marked so."""
    details = installation.operator
    return Operator(
        name=details.name,
        service=details.service,
        postal_code=details.postal_code,
        address=details.address,
        telephone=details.telephone,
        email=details.email,
        website=details.website,
        registration_number=details.registration_number,
        demonstration=installation.demonstration,
    )
