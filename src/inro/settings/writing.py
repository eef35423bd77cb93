"""What pages need besides to take answers: forms that only our own pages send, our own scripts."""

from django.utils.csp import CSP

from inro.settings import pages
from inro.settings.pages import *  # noqa: F403

MIDDLEWARE = [*pages.MIDDLEWARE, "django.middleware.csrf.CsrfViewMiddleware"]
SECURE_CSP = pages.SECURE_CSP | {"script-src": [CSP.SELF], "connect-src": [CSP.SELF]}
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
