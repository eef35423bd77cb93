"""Lists as intended, signed and published (26, 39.4, 4(6))."""

from django.db import models

from inro.pki.crl import ListKind
from inro.store.conditions import as_long_as, one_of


class ListIntent(models.Model):
    """What the signer wrote down before it signed a list; a number is never used twice."""

    kind = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    this_update = models.DateTimeField()
    next_update = models.DateTimeField()
    tbs_sha256 = models.CharField(max_length=64)
    entries = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            one_of(field="kind", values=ListKind, name="list_intent_kind_known"),
            models.UniqueConstraint(fields=["kind", "number"], name="list_intent_once"),
            models.CheckConstraint(
                condition=models.Q(next_update__gt=models.F("this_update")), name="list_intent_period"
            ),
        )


class RevocationList(models.Model):
    """A signed list; its bytes lie in the archive under their hash."""

    intent = models.OneToOneField(ListIntent, on_delete=models.PROTECT, related_name="list")
    kind = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    this_update = models.DateTimeField()
    next_update = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    entries = models.PositiveIntegerField()
    signed_at = models.DateTimeField()
    web_at = models.DateTimeField(null=True)
    directory_at = models.DateTimeField(null=True)
    web_read_back_at = models.DateTimeField(null=True)
    directory_read_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            one_of(field="kind", values=ListKind, name="list_kind_known"),
            models.UniqueConstraint(fields=["kind", "number"], name="list_once"),
            as_long_as(field="sha256", length=64, name="list_hash_size"),
        )
