"""What was destroyed when its time had come (40(4))."""

from django.db import models


class Disposal(models.Model):
    """The record of one disposal: counts and clause, nothing of the person."""

    application = models.OneToOneField("Application", on_delete=models.PROTECT, related_name="disposal")
    at = models.DateTimeField()
    clause = models.CharField(max_length=16)
    what = models.JSONField()
