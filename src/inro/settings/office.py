"""Settings of the office's pages, from `INRO_HOME`: on this machine, or behind what speaks TLS (40(7))."""

import os
from datetime import timedelta
from urllib.parse import urlsplit

from inro.configuration.installation import installation_from_environment
from inro.configuration.key_file import read_key
from inro.configuration.policy import load_policy
from inro.pki.passkey import RelyingParty
from inro.settings.common import *  # noqa: F403
from inro.settings.desk import *  # noqa: F403
from inro.settings.from_installation import databases
from inro.web.office.house import OfficeHouse
from inro.web.site import site_of

_installation = installation_from_environment()
# Without an address in inro.toml the pages are seen at this machine's name, at the port just opened.
_address = _installation.office.address or os.environ.get("INRO_OFFICE_ADDRESS", "http://localhost:8000")

ROOT_URLCONF = "inro.web.office.urls"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", urlsplit(_address).hostname or ""]
SECRET_KEY = read_key(_installation.office.key, key="office.key")
DATABASES = databases(_installation)
POLICY = load_policy(_installation.policy)
HOUSE = OfficeHouse(installation=_installation, policy=POLICY)
SITE = site_of(installation=_installation, policy=POLICY)
ADDRESS = _installation.office.address or ""
RELYING_PARTY = RelyingParty(rp_id=_installation.office.relying_party, origins=(_address,))
# A session's row outlives the session by a long weekend: a form that comes then is still somebody's.
SESSION_COOKIE_AGE = int((_installation.office.limits.longest + timedelta(days=4)).total_seconds())
# The server before this process speaks TLS; this one hears http and is told the address by its configuration.
CSRF_TRUSTED_ORIGINS = [_address]
if _address.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-inro_session", "__Host-inro_csrf"
else:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "inro_session", "inro_csrf"
