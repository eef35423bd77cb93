"""Parcels, receipt slips and notices (17.4, 18, 43)."""

from django.db import models

from inro.practice.notices import Channel
from inro.store.conditions import as_long_as, one_of
from inro.store.states import MailKind, ParcelContents, Recipient


class Parcel(models.Model):
    """One parcel on its way; card and PIN of one subscriber never go to a proxy together (17.4)."""

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="parcels")
    card = models.ForeignKey("Card", null=True, on_delete=models.PROTECT, related_name="parcels")
    mailer = models.ForeignKey("Mailer", null=True, on_delete=models.PROTECT, related_name="parcels")
    contents = models.CharField(max_length=16)
    mail_kind = models.CharField(max_length=24)
    recipient = models.CharField(max_length=12)
    tracking_number = models.CharField(max_length=20)
    posted_on = models.DateField()
    returned_on = models.DateField(null=True)

    class Meta:
        constraints = (
            one_of(field="contents", values=ParcelContents, name="parcel_contents_known"),
            one_of(field="mail_kind", values=MailKind, name="parcel_mail_known"),
            one_of(field="recipient", values=Recipient, name="parcel_recipient_known"),
            models.UniqueConstraint(fields=["tracking_number", "posted_on"], name="parcel_tracked_once"),
            models.CheckConstraint(
                condition=models.Q(contents="card_and_pin", card__isnull=False, mailer__isnull=False)
                | models.Q(contents="card", card__isnull=False, mailer__isnull=True)
                | models.Q(contents="pin", card__isnull=True, mailer__isnull=False),
                name="parcel_holds_what_it_says",
            ),
            models.CheckConstraint(
                condition=models.Q(recipient="subscriber") | models.Q(contents="card"),
                name="parcel_proxy_gets_card_only",
            ),
            models.CheckConstraint(
                condition=models.Q(contents="pin") | models.Q(mail_kind="restricted_delivery"),
                name="parcel_card_restricted",
            ),
            models.CheckConstraint(
                condition=models.Q(returned_on__isnull=True)
                | models.Q(returned_on__gte=models.F("posted_on")),
                name="parcel_returned_later",
            ),
        )


class ReceiptSlip(models.Model):
    """The sealed slip that confirms delivery (18.4, 18.6)."""

    application = models.OneToOneField("Application", on_delete=models.PROTECT, related_name="slip")
    arrived_on = models.DateField()
    seal_matches = models.BooleanField()
    checked_by = models.CharField(max_length=32)
    doubts = models.TextField(null=True)


class Notice(models.Model):
    """One notice with the day it counts as arrived (43)."""

    application = models.ForeignKey(
        "Application", null=True, on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.CharField(max_length=32)
    clause = models.CharField(max_length=16)
    channel = models.CharField(max_length=12)
    template = models.CharField(max_length=64)
    content_sha256 = models.CharField(max_length=64)
    sent_on = models.DateField()
    arrived_on = models.DateField(null=True)
    released_by = models.CharField(max_length=32)

    class Meta:
        constraints = (
            one_of(field="channel", values=Channel, name="notice_channel_known"),
            as_long_as(field="content_sha256", length=64, name="notice_hash_size"),
            models.CheckConstraint(
                condition=models.Q(arrived_on__isnull=True) | models.Q(arrived_on__gte=models.F("sent_on")),
                name="notice_arrives_later",
            ),
        )
        indexes = (models.Index(fields=["application", "kind"], name="notice_kind"),)
