"""What a site's pages say about themselves: operator, demonstration or not, addresses of published things."""

import os
from dataclasses import dataclass

from inro.configuration.installation import Installation
from inro.configuration.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site; `files` is where the lists and the CA certificate are served, `cps` where the CPS is."""

    operator: str
    service: str
    demonstration: bool
    files: str
    cps: str
    telephone: str = ""


def site_of(*, installation: Installation, policy: Policy) -> Site:
    """Return the site of an installation; `INRO_REPOSITORY_ADDRESS` names a responder started for a while."""
    files = os.environ.get("INRO_REPOSITORY_ADDRESS", installation.repository.web_url)
    return Site(
        operator=installation.operator.name,
        service=installation.operator.service,
        demonstration=installation.demonstration,
        files=files.rstrip("/"),
        cps=policy.profile.policy.cps_uri if policy.profile.policy is not None else "",
        telephone=installation.operator.telephone,
    )
