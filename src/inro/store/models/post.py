"""Parcels and their calling back, receipt slips, doubts about the content (17.4, 18, 22.1, 24.1)."""

from django.db import models

from inro.practice.call_back import CallBackOutcome
from inro.practice.packing import ReturnReason
from inro.practice.parcels import Address, Mail
from inro.store.conditions import one_of


class Parcel(models.Model):
    """One parcel on its way; card and PIN of one subscriber never go to a proxy together (17.4, 24.1)."""

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="parcels")
    card = models.ForeignKey("Card", null=True, on_delete=models.PROTECT, related_name="parcels")
    mailer = models.ForeignKey("Mailer", null=True, on_delete=models.PROTECT, related_name="parcels")
    mail = models.CharField(max_length=24)
    address = models.CharField(max_length=32)
    tracking_number = models.CharField(max_length=20)
    posted_on = models.DateField()
    posted_by = models.CharField(max_length=32)
    returned_on = models.DateField(null=True)
    return_reason = models.CharField(max_length=16, null=True)

    class Meta:
        constraints = (
            one_of(field="mail", values=Mail, name="parcel_mail_known"),
            one_of(field="address", values=Address, name="parcel_address_known"),
            models.UniqueConstraint(fields=["tracking_number", "posted_on"], name="parcel_tracked_once"),
            models.CheckConstraint(
                condition=models.Q(card__isnull=False) | models.Q(mailer__isnull=False),
                name="parcel_not_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(address="subscriber_resident_record") | models.Q(mailer__isnull=True),
                name="parcel_proxy_gets_no_pin",
            ),
            models.CheckConstraint(
                condition=models.Q(card__isnull=True) | models.Q(mail="restricted_delivery"),
                name="parcel_card_restricted",
            ),
            # Of a proxy's case one person posts the card, another the PIN.
            models.UniqueConstraint(
                fields=["application", "posted_by"],
                condition=models.Q(returned_on__isnull=True)
                & (models.Q(card__isnull=True) | models.Q(mailer__isnull=True)),
                name="parcel_proxy_two_persons",
            ),
            models.CheckConstraint(
                condition=models.Q(returned_on__isnull=True)
                | models.Q(returned_on__gte=models.F("posted_on")),
                name="parcel_returned_later",
            ),
            one_of(field="return_reason", values=ReturnReason, name="parcel_reason_known"),
            models.CheckConstraint(
                condition=models.Q(returned_on__isnull=True, return_reason__isnull=True)
                | models.Q(returned_on__isnull=False, return_reason__isnull=False),
                name="parcel_returned_with_reason",
            ),
        )


class CallBack(models.Model):
    """One time that the post was asked to stop a parcel, and what it answered (17.4, 22.1)."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="call_backs")
    called_on = models.DateField()
    called_by = models.CharField(max_length=32)
    outcome = models.CharField(max_length=12, null=True)
    answered_on = models.DateField(null=True)
    answered_to = models.CharField(max_length=32, null=True)

    class Meta:
        constraints = (
            one_of(field="outcome", values=CallBackOutcome, name="call_back_outcome_known"),
            models.UniqueConstraint(
                fields=["parcel"], condition=models.Q(outcome__isnull=True), name="call_back_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__isnull=True, answered_on__isnull=True, answered_to__isnull=True)
                | models.Q(outcome__isnull=False, answered_on__isnull=False, answered_to__isnull=False),
                name="call_back_answered_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True)
                | models.Q(answered_on__gte=models.F("called_on")),
                name="call_back_answered_later",
            ),
        )


class ReceiptSlip(models.Model):
    """A slip that came; `parked_for` names what keeps it from confirming delivery (18.4-18.6).

    `shelf` is where the paper lies, empty once its case is disposed of.
    """

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="slips")
    arrived_on = models.DateField()
    name_agrees = models.BooleanField()
    seal_matches = models.BooleanField()
    parked_for = models.CharField(max_length=40, null=True)
    shelf = models.CharField(max_length=40)
    disposed_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=32)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(parked_for__isnull=True),
                name="slip_confirms_once",
            ),
            models.CheckConstraint(
                condition=models.Q(parked_for__isnull=False) | models.Q(name_agrees=True, seal_matches=True),
                name="slip_confirms_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(shelf="") | models.Q(disposed_at__isnull=False), name="slip_on_a_shelf"
            ),
        )


class ReceiptObjection(models.Model):
    """Doubts about a certificate's content, told after its card was posted (18.5)."""

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="objections")
    contacted_on = models.DateField()
    recorded_by = models.CharField(max_length=32)
    admitted_by = models.CharField(max_length=32, null=True)
    decided_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=32, null=True)
    founded = models.BooleanField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(decided_on__isnull=True),
                name="objection_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_on__isnull=True, decided_by__isnull=True, founded__isnull=True)
                | models.Q(decided_on__isnull=False, decided_by__isnull=False, founded__isnull=False),
                name="objection_decided_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_on__isnull=True)
                | models.Q(decided_on__gte=models.F("contacted_on")),
                name="objection_decided_later",
            ),
        )
