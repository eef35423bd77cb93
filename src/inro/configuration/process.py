"""Makes a process of the house ready: settings by name, records reachable, a log of JSON lines."""

import os
import sys

import django
import structlog


def prepare_process(settings: str = "inro.settings.process") -> None:
    """Load Django with the settings of a process and set up its log; call it before importing models.

    Raises: ConfigurationRefused if `INRO_HOME` names no usable installation.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    django.setup()
