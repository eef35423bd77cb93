"""Envelopes, the papers in them, and their pages as kept (8.4, 8.5, 28, 40(4))."""

from django.db import models
from django.db.models import F, Q

from inro.practice.enclosures import ISSUED_PAPERS, NUMBER_PAPERS, SEALED_PAPERS, PaperKind
from inro.practice.intake import ArrivalWay, RedactionVerdict, ScanSource
from inro.store.conditions import as_long_as, one_of
from inro.store.states import DocumentState

_ON_SHELF = sorted(kind.value for kind in SEALED_PAPERS | ISSUED_PAPERS)
_ISSUED = sorted(kind.value for kind in ISSUED_PAPERS)
_NUMBER = sorted(kind.value for kind in NUMBER_PAPERS)


class ScanBatch(models.Model):
    """Pages that were scanned together; without `ended_at` they still wait in the quarantine, or are lost."""

    number = models.CharField(max_length=16, unique=True)
    source = models.CharField(max_length=8)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=32)
    ended_at = models.DateTimeField(null=True)
    pages = models.PositiveIntegerField(null=True)
    lost = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (
            one_of(field="source", values=ScanSource, name="batch_source_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(lost__isnull=True), name="batch_lost_at_its_end"
            ),
        )


class Envelope(models.Model):
    """One envelope, or what was handed in or faxed together; it may hold papers of several cases."""

    number = models.CharField(max_length=16, unique=True)
    arrived_on = models.DateField()
    way = models.CharField(max_length=4)
    note = models.CharField(max_length=200)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=32)

    class Meta:
        constraints = (one_of(field="way", values=ArrivalWay, name="envelope_way_known"),)
        indexes = (models.Index(fields=["arrived_on"], name="envelope_day"),)


class Enclosure(models.Model):
    """One paper of a case in an envelope; issuer, day of issue and shelf are emptied at disposal."""

    envelope = models.ForeignKey("Envelope", on_delete=models.PROTECT, related_name="enclosures")
    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="enclosures")
    kind = models.CharField(max_length=32)
    pages = models.PositiveSmallIntegerField()
    original = models.BooleanField()
    issuer = models.CharField(max_length=100)
    issued_on = models.DateField(null=True)
    shelf = models.CharField(max_length=40)
    too_old = models.BooleanField()
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=32)
    disposed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            one_of(field="kind", values=PaperKind, name="enclosure_kind_known"),
            models.CheckConstraint(condition=Q(pages__gte=1), name="enclosure_has_pages"),
            models.CheckConstraint(
                condition=~Q(kind__in=_ISSUED)
                | Q(disposed_at__isnull=False)
                | (Q(issued_on__isnull=False) & ~Q(issuer="")),
                name="enclosure_issued_whole",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=_ON_SHELF, original=True) | Q(disposed_at__isnull=False) | ~Q(shelf=""),
                name="enclosure_original_on_shelf",
            ),
            models.CheckConstraint(
                condition=Q(disposed_at__isnull=True) | Q(issuer="", issued_on__isnull=True, shelf=""),
                name="enclosure_disposed_empty",
            ),
        )


class Redaction(models.Model):
    """One person's word on one page: which boxes were blacked out, or that no number is there (8.5)."""

    verdict = models.CharField(max_length=12)
    count = models.PositiveSmallIntegerField()
    boxes = models.JSONField()
    person = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            one_of(field="verdict", values=RedactionVerdict, name="redaction_verdict_known"),
            models.CheckConstraint(
                condition=Q(verdict="none_there", count=0) | Q(verdict="blacked_out", count__gte=1),
                name="redaction_says_one_thing",
            ),
            models.CheckConstraint(condition=~Q(person=""), name="redaction_by_a_person"),
        )


class Document(models.Model):
    """One page as kept: where its sealed bytes are, and their wrapped key, which disposal erases (28, 40(4)).

    `reference` is what the sealed bytes are bound to.
    """

    reference = models.CharField(max_length=32, unique=True)
    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="documents")
    enclosure = models.ForeignKey("Enclosure", on_delete=models.PROTECT, related_name="documents")
    batch = models.ForeignKey("ScanBatch", on_delete=models.PROTECT, related_name="documents")
    redaction = models.OneToOneField(
        "Redaction", null=True, on_delete=models.PROTECT, related_name="document"
    )
    kind = models.CharField(max_length=32)
    page = models.PositiveSmallIntegerField()
    pages = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8)
    address = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()
    content_sha256 = models.CharField(max_length=64)
    key_label = models.CharField(max_length=32)
    wrapped_key = models.BinaryField(null=True)
    stored_at = models.DateTimeField()
    stored_by = models.CharField(max_length=32)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            one_of(field="kind", values=PaperKind, name="document_kind_known"),
            one_of(field="state", values=DocumentState, name="document_state_known"),
            as_long_as(field="reference", length=32, name="document_reference_size"),
            as_long_as(field="address", length=64, name="document_address_size"),
            as_long_as(field="content_sha256", length=64, name="document_hash_size"),
            models.UniqueConstraint(fields=["enclosure", "page"], name="document_page_once"),
            models.CheckConstraint(
                condition=Q(page__gte=1, page__lte=F("pages")), name="document_page_of_pages"
            ),
            # No page that may show an Individual Number is here without a person's word on it (8.5).
            models.CheckConstraint(
                condition=~Q(kind__in=_NUMBER) | Q(redaction__isnull=False), name="document_number_confirmed"
            ),
            models.CheckConstraint(
                condition=Q(state="stored", wrapped_key__isnull=False, erased_at__isnull=True)
                | Q(state="erased", wrapped_key__isnull=True, erased_at__isnull=False),
                name="document_erased_without_key",
            ),
        )
        indexes = (models.Index(fields=["application", "state"], name="document_of_case"),)
