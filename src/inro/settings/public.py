"""Settings of the public pages, from `INRO_HOME`; they write drafts and what was consented to, no more."""

from urllib.parse import urlsplit

from inro.configuration.installation import installation_from_environment
from inro.configuration.key_file import read_key
from inro.configuration.paper_operator import operator_of
from inro.configuration.policy import load_policy
from inro.configuration.reading import origin_of
from inro.settings.applying import *  # noqa: F403
from inro.settings.common import *  # noqa: F403
from inro.settings.from_installation import databases
from inro.web.site import site_of

_installation = installation_from_environment()

ROOT_URLCONF = "inro.web.public.urls"
SECRET_KEY = read_key(_installation.public_key, key="public.key")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not _installation.demonstration
DATABASES = databases(_installation)
POLICY = load_policy(_installation.policy)
OPERATOR = operator_of(_installation)
SITE = site_of(installation=_installation, policy=POLICY)
# The page of the practice statement is asked for by the name that certificates print.
_addresses = [address for address in (_installation.operator.website, SITE.cps) if address]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *(urlsplit(one).hostname or "" for one in _addresses)]
# The server before this process speaks TLS; this one hears http and has the addresses from its configuration.
CSRF_TRUSTED_ORIGINS = [*map(origin_of, _addresses)]
ADDRESS = "" if _installation.demonstration else origin_of(_installation.operator.website)
