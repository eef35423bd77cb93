"""Revocation cases and the entries of the lists (21, 22, 26, 39.4)."""

from typing import Self

from django.db import models

from inro.pki.repository import MOST_PARTITIONS, UNDIVIDED
from inro.practice.grounds import GROUNDS, Invoker
from inro.practice.revocation import RequestWay
from inro.store.conditions import as_long_as, differ, one_of
from inro.store.states import RevocationState, Scope


class RevocationCases(models.QuerySet["RevocationCase"]):
    """Cases by what the practice asks of them."""

    def standing(self) -> Self:
        """Those that were not refused (21, 22)."""
        return self.exclude(state=RevocationState.REFUSED)

    def incomplete_after_fax(self) -> Self:
        """Those standing whose form or documents must still follow a fax (21.2, 22.2)."""
        lacking = models.Q(original_arrived_on=None) | models.Q(documents_arrived_on=None)
        return self.standing().filter(lacking, way=RequestWay.FAX)


class RevocationCase(models.Model):
    """One case with its four times: requested, decided, revoked, published (39.4).

    `paper` is the application or request as it came, none where the CA acts on its own; disposal empties it,
    its hash stays. `enclosure` is that paper where the intake desk scanned it, `note` what was found or came
    with it. What follows a fax: the form itself on `original_arrived_on`, scanned as `original`, and the
    documents it needs on `documents_arrived_on` (21.2). `refusal` is what the person was told; disposal
    empties it and the note. `mass` is the mass revocation that decided it, with its officers' assertions.
    """

    number = models.CharField(max_length=16, unique=True)
    certificate = models.ForeignKey("Certificate", on_delete=models.PROTECT, related_name="cases")
    mass = models.ForeignKey("MassRevocation", null=True, on_delete=models.PROTECT, related_name="cases")
    ground = models.CharField(max_length=32)
    invoker = models.CharField(max_length=12)
    way = models.CharField(max_length=8, null=True)
    paper = models.JSONField(null=True)
    paper_sha256 = models.CharField(max_length=64, null=True)
    enclosure = models.OneToOneField(
        "Enclosure", null=True, on_delete=models.PROTECT, related_name="revocation_case"
    )
    note = models.CharField(max_length=400, default="")
    original_arrived_on = models.DateField(null=True)
    original = models.OneToOneField(
        "Enclosure", null=True, on_delete=models.PROTECT, related_name="original_of_case"
    )
    documents_arrived_on = models.DateField(null=True)
    findings = models.JSONField(null=True)
    state = models.CharField(max_length=12)
    requested_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    refused_for = models.CharField(max_length=64, null=True)
    refusal = models.CharField(max_length=400, default="")
    examiner = models.CharField(max_length=32, null=True)
    decider = models.CharField(max_length=32, null=True)
    objects = RevocationCases.as_manager()

    class Meta:
        constraints = (
            one_of(field="state", values=RevocationState, name="case_state_known"),
            one_of(field="invoker", values=Invoker, name="case_invoker_known"),
            one_of(field="way", values=RequestWay, name="case_way_known"),
            as_long_as(field="paper_sha256", length=64, name="case_paper_hash"),
            models.CheckConstraint(
                condition=models.Q(invoker="ca", way__isnull=True, paper_sha256__isnull=True)
                | (~models.Q(invoker="ca") & models.Q(way__isnull=False, paper_sha256__isnull=False)),
                name="case_paper_unless_own",
            ),
            models.CheckConstraint(
                condition=models.Q(original_arrived_on__isnull=True, documents_arrived_on__isnull=True)
                | models.Q(way="fax"),
                name="case_original_after_fax",
            ),
            models.CheckConstraint(condition=models.Q(ground__in=sorted(GROUNDS)), name="case_ground_known"),
            differ(one="examiner", other="decider", name="case_two_officers"),
            models.CheckConstraint(
                condition=models.Q(mass__isnull=True)
                | models.Q(invoker="ca", state__in=("decided", "revoked", "published", "refused")),
                name="case_of_mass_decided",
            ),
            models.UniqueConstraint(
                fields=["certificate"],
                condition=~models.Q(state="refused"),
                name="case_one_open",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("decided", "revoked", "published"))
                | models.Q(
                    decided_at__isnull=False,
                    examiner__isnull=False,
                    decider__isnull=False,
                    findings__isnull=False,
                ),
                name="case_decided_whole",
            ),
        )
        indexes = (
            models.Index(fields=["state"], name="case_state"),
            models.Index(
                fields=["mass", "state"], condition=models.Q(mass__isnull=False), name="case_of_mass"
            ),
        )


class RevokedEntry(models.Model):
    """One entry of the lists, encoded once; read in bulk in the order of `id`."""

    certificate = models.OneToOneField("Certificate", on_delete=models.PROTECT, related_name="revoked_entry")
    serial = models.BinaryField(unique=True)
    scope = models.CharField(max_length=12)
    partition = models.PositiveSmallIntegerField(default=UNDIVIDED, db_default=UNDIVIDED)
    entry = models.BinaryField()
    revoked_at = models.DateTimeField()
    not_after = models.DateTimeField()
    reason_code = models.PositiveSmallIntegerField(null=True)
    ground = models.CharField(max_length=32)
    last_listed = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (
            one_of(field="scope", values=Scope, name="entry_scope_known"),
            as_long_as(field="serial", length=20, name="entry_serial_size"),
            models.CheckConstraint(
                condition=models.Q(reason_code__isnull=True) | models.Q(reason_code__range=(1, 5)),
                name="entry_reason_known",
            ),
            models.CheckConstraint(
                condition=models.Q(partition=UNDIVIDED)
                | models.Q(partition__range=(1, MOST_PARTITIONS), scope="subscriber"),
                name="entry_partition_known",
            ),
        )
        # A million subscribers' entries are scanned in the order of the table; a CA's few are found at once.
        indexes = (models.Index(fields=["id"], condition=models.Q(scope="ca"), name="entry_of_ca"),)
