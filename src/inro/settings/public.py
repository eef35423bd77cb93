"""Settings of the public pages, from `INRO_HOME`: read-only."""

from urllib.parse import urlsplit

from inro.configuration.installation import installation_from_environment
from inro.configuration.policy import load_policy
from inro.settings.common import *  # noqa: F403
from inro.settings.from_installation import databases
from inro.settings.pages import *  # noqa: F403
from inro.settings.read_only import read_only
from inro.web.site import site_of

_installation = installation_from_environment()

ROOT_URLCONF = "inro.web.public.urls"
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    *filter(None, [urlsplit(_installation.operator.website).hostname]),
]
DATABASES = read_only(databases(_installation))
SITE = site_of(installation=_installation, policy=load_policy(_installation.policy))
