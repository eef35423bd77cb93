"""What the office's pages need for the work at a desk: who sits there, uploads that stay in memory (8.5)."""

from inro.settings import writing
from inro.settings.writing import *  # noqa: F403
from inro.web.office.house import OfficeHouse

MIDDLEWARE = [*writing.MIDDLEWARE, "inro.web.office.clerk.clerk_middleware"]
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "inro.web.office.clerk.stale_form"
# The only handler: none that would write a file is left (8.5).
FILE_UPLOAD_HANDLERS = ["inro.web.office.upload.UploadInMemory"]
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# The process puts its own in this place.
HOUSE: OfficeHouse | None = None
