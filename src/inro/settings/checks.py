"""Settings under which types, migrations and translations are checked; no database is opened."""

from inro.settings.applying import *  # noqa: F403
from inro.settings.common import *  # noqa: F403
from inro.settings.desk import *  # noqa: F403

SECRET_KEY = "checks-only"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
