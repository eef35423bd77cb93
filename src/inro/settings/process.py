"""Settings of the processes without pages (signer, station, worker, command line), from `INRO_HOME`."""

from inro.configuration.installation import installation_from_environment
from inro.settings.common import *  # noqa: F403
from inro.settings.from_installation import databases

DATABASES = databases(installation_from_environment())
