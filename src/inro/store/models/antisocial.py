"""What the two officers found when they looked for anti-social forces (46)."""

from django.db import models
from django.db.models import Q

from inro.practice.antisocial import CheckResult, CheckSource
from inro.practice.duties import Duty
from inro.store.conditions import one_of


class AntisocialCheck(models.Model):
    """One officer's look into one source; the remark is emptied at disposal."""

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="antisocial_checks")
    person = models.CharField(max_length=32)
    duty = models.CharField(max_length=24)
    source = models.CharField(max_length=16)
    result = models.CharField(max_length=12)
    remark = models.CharField(max_length=400)
    checked_at = models.DateTimeField()
    disposed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            one_of(field="source", values=CheckSource, name="antisocial_source_known"),
            one_of(field="result", values=CheckResult, name="antisocial_result_known"),
            one_of(field="duty", values=(Duty.EXAMINATION, Duty.ACCEPTANCE), name="antisocial_duty_known"),
            models.CheckConstraint(
                condition=Q(result="no_match") | ~Q(remark="") | Q(disposed_at__isnull=False),
                name="antisocial_remark_given",
            ),
        )
