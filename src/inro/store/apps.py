"""The one Django app of the house."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The record under its short label."""

    name = "inro.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
