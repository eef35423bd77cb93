"""What every process that reads the record has in common: the tables, UTC, the outbox."""

from typing import Any

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django_tasks_db",
    "inro.store",
]
AUTH_USER_MODEL = "store.StaffMember"
AUTHENTICATION_BACKENDS: list[str] = []
PASSWORD_HASHERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "ja"
TASKS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "publication"]}
}
# Django would log SQL parameters at DEBUG level; nothing of the record belongs into a log (12.5, 44.1).
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {"django.db.backends": {"level": "WARNING", "propagate": False}},
}
