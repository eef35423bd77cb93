"""What the public pages need to take an applicant's answers: cookies over TLS, requests of bounded size."""

from inro.configuration.policy import Policy
from inro.paper.parties import Operator
from inro.settings.writing import *  # noqa: F403

CSRF_FAILURE_VIEW = "inro.web.public.views.forged"
# A demonstration is served over HTTP on this machine; any other site sends its cookies over TLS only.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
# A step is 64 KiB at most; what is much larger is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
# The process puts its own in these places.
POLICY: Policy | None = None
OPERATOR: Operator | None = None
