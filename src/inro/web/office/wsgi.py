"""The office's pages as a WSGI application, with its desk: opened with the process, ended with it."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

# After the application: only then are the models ready.
from inro.web.office.intake.opened import open_desk  # noqa: E402

open_desk()
