"""Orders for the secure room and what the signer wrote down before it signed (17.1)."""

from django.db import models

from inro.pki.repository import MOST_PARTITIONS, UNDIVIDED
from inro.store.conditions import as_long_as, one_of
from inro.store.states import IssuanceStep, OrderState


class IssuanceOrder(models.Model):
    """One order for one certificate of one accepted application."""

    application = models.OneToOneField("Application", on_delete=models.PROTECT, related_name="order")
    state = models.CharField(max_length=12)
    step = models.CharField(max_length=20, null=True)
    claimed_by = models.CharField(max_length=64, null=True)
    claimed_at = models.DateTimeField(null=True)
    signer = models.CharField(max_length=64, null=True)
    card = models.OneToOneField("Card", null=True, on_delete=models.PROTECT, related_name="order")
    hand_over = models.BinaryField(null=True)
    station_signature = models.BinaryField(null=True)
    refused_for = models.CharField(max_length=64, null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = (
            one_of(field="state", values=OrderState, name="order_state_known"),
            one_of(field="step", values=IssuanceStep, name="order_step_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=("waiting", "ended"), claimed_by__isnull=True)
                | models.Q(claimed_by__isnull=False),
                name="order_claimed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("card_ready", "handed_over", "certified", "done"))
                | models.Q(card__isnull=False),
                name="order_has_card",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("handed_over", "certified", "done"))
                | models.Q(hand_over__isnull=False, station_signature__isnull=False),
                name="order_handed_over_signed",
            ),
        )
        indexes = (models.Index(fields=["state", "claimed_by"], name="order_state"),)


class SerialNumber(models.Model):
    """A certificate serial number, written before anything is signed; a tombstone for ever.

    `partition` is the part of the CRL that will cover the certificate, whatever the number of parts is later.
    """

    serial = models.BinaryField(unique=True)
    order = models.OneToOneField(IssuanceOrder, null=True, on_delete=models.PROTECT, related_name="serial")
    reserved_at = models.DateTimeField()
    partition = models.PositiveSmallIntegerField(default=UNDIVIDED, db_default=UNDIVIDED)

    class Meta:
        constraints = (
            as_long_as(field="serial", length=20, name="serial_size"),
            models.CheckConstraint(
                condition=models.Q(partition=UNDIVIDED)
                | models.Q(partition__range=(1, MOST_PARTITIONS), order__isnull=False),
                name="serial_partition_known",
            ),
        )


class SigningIntent(models.Model):
    """The linted bytes that the token is about to sign; emptied at disposal, never otherwise changed."""

    serial = models.OneToOneField(SerialNumber, on_delete=models.PROTECT, related_name="intent")
    tbs = models.BinaryField(null=True)
    tbs_sha256 = models.CharField(max_length=64)
    lint = models.JSONField()
    profile_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    not_after = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            as_long_as(field="tbs_sha256", length=64, name="intent_tbs_hash"),
            models.CheckConstraint(
                condition=models.Q(not_after__gt=models.F("issued_at")), name="intent_period"
            ),
        )
