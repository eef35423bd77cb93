"""Invoices, in whole yen (33-37)."""

from django.db import models


class Invoice(models.Model):
    """One invoice of one contract; tax is shown apart (37)."""

    number = models.CharField(max_length=16, unique=True)
    application = models.OneToOneField("Application", on_delete=models.PROTECT, related_name="invoice")
    lines = models.JSONField()
    amount = models.PositiveIntegerField()
    tax = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    registration_number = models.CharField(max_length=14)
    issued_on = models.DateField()
    due_on = models.DateField()
    paid_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(total=models.F("amount") + models.F("tax")), name="invoice_adds_up"
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("issued_on")), name="invoice_due_later"
            ),
        )
