"""Settings of the office's pages, from `INRO_HOME`: a demonstration's, at a loopback address."""

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.installation import FILE, installation_from_environment
from inro.configuration.key_file import read_key
from inro.configuration.policy import load_policy
from inro.settings.common import *  # noqa: F403
from inro.settings.desk import *  # noqa: F403
from inro.settings.from_installation import databases
from inro.web.office.house import OfficeHouse
from inro.web.site import site_of

_installation = installation_from_environment()
if not _installation.demonstration:
    raise ConfigurationRefused(
        file=_installation.home / FILE,
        problem="the office has no sign-in yet, so it opens a demonstration only",
        do="use an installation made by `inro demo`",
    )

ROOT_URLCONF = "inro.web.office.urls"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECRET_KEY = read_key(_installation.office.key, key="office.key")
DATABASES = databases(_installation)
POLICY = load_policy(_installation.policy)
HOUSE = OfficeHouse(installation=_installation, policy=POLICY)
SITE = site_of(installation=_installation, policy=POLICY)
