"""What pages need besides to take answers: forms that only our own pages send, cookies, our own script."""

from django.utils.csp import CSP

from inro.configuration.policy import Policy
from inro.paper.parties import Operator
from inro.settings import pages
from inro.settings.pages import *  # noqa: F403

MIDDLEWARE = [*pages.MIDDLEWARE, "django.middleware.csrf.CsrfViewMiddleware"]
SECURE_CSP = pages.SECURE_CSP | {"script-src": [CSP.SELF], "connect-src": [CSP.SELF]}
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "inro.web.public.views.forged"
# A demonstration is served over HTTP on this machine; any other site sends its cookies over TLS only.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
# A step is 64 KiB at most; what is much larger is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
# The process puts its own in these places.
POLICY: Policy | None = None
OPERATOR: Operator | None = None
