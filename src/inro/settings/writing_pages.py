"""What the office's pages have beyond the public's: forms that write, uploads in memory, own scripts."""

from django.utils.csp import CSP

from inro.settings.pages import MIDDLEWARE as _PAGES
from inro.settings.pages import SECURE_CSP as _PAGES_CSP
from inro.web.office.house import OfficeHouse

MIDDLEWARE = [
    *_PAGES,
    "django.middleware.csrf.CsrfViewMiddleware",
    "inro.web.office.clerk.clerk_middleware",
]
SECURE_CSP: dict[str, list[str]] = _PAGES_CSP | {"script-src": [CSP.SELF], "connect-src": [CSP.SELF]}
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "inro.web.office.clerk.stale_form"
# The only handler: none that would write a file is left (8.5).
FILE_UPLOAD_HANDLERS = ["inro.web.office.upload.UploadInMemory"]
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# The process puts its own in this place.
HOUSE: OfficeHouse | None = None
