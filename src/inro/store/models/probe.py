"""What probers found last: a row for each, written over by its next round (4(6), 26.2)."""

from django.db import models


class Probe(models.Model):
    """The last round of one prober, by its name; `result` holds all of it."""

    name = models.CharField(max_length=40, primary_key=True)
    began_at = models.DateTimeField()
    next_by = models.DateTimeField()
    result = models.JSONField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(next_by__gt=models.F("began_at")), name="probe_next"),
        )
