"""Mass revocations: a list of serials by its hash, signed by two officers (11.3, 22.1, 39.4)."""

from django.db import models
from django.db.models import Q

from inro.practice.mass_revocation import MASS_GROUNDS, MassState
from inro.store.conditions import as_long_as, differ, one_of


class MassRevocation(models.Model):
    """One list with its times; the certificates' own cases are made when the second officer decides.

    `examination` and `decision` are the officers' assertions. `dropped_for` names the signer's disbelief, and
    is empty where an officer gave the plan up.
    """

    number = models.CharField(max_length=16, unique=True)
    criterion = models.JSONField()
    ground = models.CharField(max_length=32)
    state = models.CharField(max_length=12)
    count = models.PositiveIntegerField()
    serials_sha256 = models.CharField(max_length=64)
    left_out = models.JSONField()
    requested_at = models.DateTimeField()
    prepared_by = models.CharField(max_length=32)
    examiner = models.CharField(max_length=32, null=True)
    examined_at = models.DateTimeField(null=True)
    examination = models.OneToOneField(
        "Decision", null=True, on_delete=models.PROTECT, related_name="examines_mass"
    )
    decider = models.CharField(max_length=32, null=True)
    decided_at = models.DateTimeField(null=True)
    decision = models.OneToOneField(
        "Decision", null=True, on_delete=models.PROTECT, related_name="decides_mass"
    )
    revoked_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_for = models.CharField(max_length=64, null=True)

    class Meta:
        constraints = (
            one_of(field="state", values=MassState, name="mass_state_known"),
            as_long_as(field="serials_sha256", length=64, name="mass_serials_hash"),
            models.CheckConstraint(
                condition=Q(ground__in=sorted(MASS_GROUNDS)), name="mass_ground_of_the_ca"
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="mass_of_some"),
            differ(one="examiner", other="decider", name="mass_two_officers"),
            models.CheckConstraint(
                condition=~Q(state__in=("examined", "decided", "revoked", "published"))
                | Q(examiner__isnull=False, examined_at__isnull=False, examination__isnull=False),
                name="mass_examined_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("decided", "revoked", "published"))
                | Q(decider__isnull=False, decided_at__isnull=False, decision__isnull=False),
                name="mass_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("revoked", "published")) | Q(revoked_at__isnull=False),
                name="mass_revoked_when",
            ),
            models.CheckConstraint(
                condition=Q(state="dropped", dropped_at__isnull=False)
                | ~Q(state="dropped") & Q(dropped_at__isnull=True, dropped_for__isnull=True),
                name="mass_dropped_whole",
            ),
        )
