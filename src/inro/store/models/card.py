"""Cards, PIN mailers and the keys that live on the cards (5.2, 17, 19)."""

from django.db import models

from inro.practice.card import CardState, MailerState
from inro.store.conditions import as_long_as, one_of
from inro.store.states import ErasedThing, Medium


class Card(models.Model):
    """One IC card for its whole life; a spoiled one keeps its application for the record."""

    serial = models.CharField(max_length=16, unique=True)
    medium = models.CharField(max_length=8)
    model = models.CharField(max_length=40)
    state = models.CharField(max_length=16)
    application = models.ForeignKey("Application", null=True, on_delete=models.PROTECT, related_name="cards")
    registered_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            one_of(field="state", values=CardState, name="card_state_known"),
            one_of(field="medium", values=Medium, name="card_medium_known"),
            as_long_as(field="serial", length=16, name="card_serial_size"),
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(
                    application__isnull=False,
                    state__in=("reserved", "personalised", "sent", "returned", "received"),
                ),
                name="card_one_live",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="blank") | models.Q(application__isnull=True),
                name="card_blank_free",
            ),
        )
        indexes = (models.Index(fields=["state", "medium"], name="card_state"),)


class Mailer(models.Model):
    """One PIN mailer, printed at most once (19.3)."""

    number = models.CharField(max_length=16, unique=True)
    card = models.OneToOneField(Card, on_delete=models.PROTECT, related_name="mailer")
    state = models.CharField(max_length=12)
    intended_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (one_of(field="state", values=MailerState, name="mailer_state_known"),)


class SubscriberKey(models.Model):
    """A tombstone for ever: no public key is certified twice, on no card, for nobody."""

    spki_sha256 = models.CharField(max_length=64, unique=True)
    card = models.OneToOneField(Card, on_delete=models.PROTECT, related_name="key")
    origin = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    public_key_info = models.BinaryField(null=True)
    proof_challenge = models.BinaryField(null=True)
    proof_signature = models.BinaryField(null=True)

    class Meta:
        constraints = (as_long_as(field="spki_sha256", length=64, name="key_hash_size"),)


class Erasure(models.Model):
    """Evidence that a key or a PIN is gone from the equipment (17.3, 19.3)."""

    kind = models.CharField(max_length=16)
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="erasures")
    spki_sha256 = models.CharField(max_length=64, null=True)
    evidence = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            one_of(field="kind", values=ErasedThing, name="erasure_kind_known"),
            models.UniqueConstraint(fields=["kind", "card"], name="erasure_once"),
        )
