"""Lists as intended, signed and published (26, 39.4, 4(6))."""

from django.db import models

from inro.pki.crl import ListKind
from inro.pki.list_guard import Stop
from inro.pki.repository import MOST_PARTITIONS, UNDIVIDED
from inro.store.conditions import as_long_as, one_of


def _only_the_crl_is_divided(name: str) -> models.CheckConstraint:
    divided = models.Q(partition__range=(1, MOST_PARTITIONS), kind="crl")
    return models.CheckConstraint(condition=models.Q(partition=UNDIVIDED) | divided, name=name)


class ListIntent(models.Model):
    """What the signer wrote down before it signed a list; a number is never used twice."""

    kind = models.CharField(max_length=10)
    partition = models.PositiveSmallIntegerField(default=UNDIVIDED, db_default=UNDIVIDED)
    number = models.PositiveIntegerField()
    this_update = models.DateTimeField()
    next_update = models.DateTimeField()
    tbs_sha256 = models.CharField(max_length=64)
    entries = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            one_of(field="kind", values=ListKind, name="list_intent_kind_known"),
            models.UniqueConstraint(fields=["kind", "partition", "number"], name="list_intent_once"),
            _only_the_crl_is_divided("list_intent_partition_known"),
            models.CheckConstraint(
                condition=models.Q(next_update__gt=models.F("this_update")), name="list_intent_period"
            ),
        )


class RevocationList(models.Model):
    """A signed list; its bytes lie in the archive under their hash.

    `stopped_for` is why it may not be published, from `stopped_at` on; it is over once a later list is.
    """

    intent = models.OneToOneField(ListIntent, on_delete=models.PROTECT, related_name="list")
    kind = models.CharField(max_length=10)
    partition = models.PositiveSmallIntegerField(default=UNDIVIDED, db_default=UNDIVIDED)
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
    stopped_at = models.DateTimeField(null=True)
    stopped_for = models.CharField(max_length=12, null=True)

    class Meta:
        constraints = (
            one_of(field="kind", values=ListKind, name="list_kind_known"),
            models.UniqueConstraint(fields=["kind", "partition", "number"], name="list_once"),
            _only_the_crl_is_divided("list_partition_known"),
            one_of(field="stopped_for", values=Stop, name="list_stop_known"),
            models.CheckConstraint(
                condition=models.Q(stopped_at__isnull=True, stopped_for__isnull=True)
                | models.Q(stopped_at__isnull=False, stopped_for__isnull=False),
                name="list_stopped_whole",
            ),
            as_long_as(field="sha256", length=64, name="list_hash_size"),
        )
