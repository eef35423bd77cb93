"""Settings of the processes without pages (signer, station, worker, command line), from `INRO_HOME`."""

from inro.configuration.installation import installation_from_environment
from inro.configuration.policy import load_policy
from inro.settings.common import *  # noqa: F403
from inro.settings.from_installation import databases

_installation = installation_from_environment()

DATABASES = databases(_installation)
POLICY = load_policy(_installation.policy)
