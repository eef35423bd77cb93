"""Editions of the terms on record, with the texts that are published (2.1, 2.2, 10)."""

from django.db import models
from django.db.models import Q

from inro.store.conditions import as_long_as


class TermsEdition(models.Model):
    """One edition as registered; it governs from its day once it is activated."""

    name = models.CharField(max_length=10, unique=True)
    effective_from = models.DateField(unique=True)
    sha256 = models.CharField(max_length=64)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=32)
    activated_at = models.DateTimeField(null=True)
    activated_by = models.CharField(max_length=32, null=True)

    class Meta:
        constraints = (
            as_long_as(field="sha256", length=64, name="edition_hash_size"),
            models.CheckConstraint(
                condition=Q(activated_at__isnull=True, activated_by__isnull=True)
                | Q(activated_at__isnull=False, activated_by__isnull=False),
                name="edition_activated_whole",
            ),
        )


class EditionText(models.Model):
    """One text of an edition; `published_at` is when the web gave it back byte for byte."""

    edition = models.ForeignKey(TermsEdition, on_delete=models.PROTECT, related_name="texts")
    kind = models.CharField(max_length=8)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["edition", "kind"], name="edition_text_once"),
            as_long_as(field="sha256", length=64, name="edition_text_hash_size"),
        )
