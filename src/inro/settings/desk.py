"""What the office's pages need at a desk: who sits there, sessions, uploads in memory (8.5, 40(7))."""

from inro.pki.passkey import RelyingParty
from inro.settings import writing
from inro.settings.writing import *  # noqa: F403
from inro.web.office.house import OfficeHouse

MIDDLEWARE = [
    *writing.MIDDLEWARE,
    "django.contrib.sessions.middleware.SessionMiddleware",
    "inro.web.office.clerk.clerk_middleware",
    "inro.web.office.queue.opening.opening_middleware",
]
_engine = writing.TEMPLATES[0]
_given = [*_engine["OPTIONS"]["context_processors"], "inro.web.office.people.people_of_page"]
TEMPLATES = [_engine | {"OPTIONS": _engine["OPTIONS"] | {"context_processors": _given}}]
# What a session holds is on the server, signed; the cookie is a random key, and ends with the browser.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "inro.web.office.clerk.stale_form"
# The only handler: none that would write a file is left (8.5).
FILE_UPLOAD_HANDLERS = ["inro.web.office.upload.UploadInMemory"]
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# The process puts its own in these places.
HOUSE: OfficeHouse | None = None
RELYING_PARTY: RelyingParty | None = None
