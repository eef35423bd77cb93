"""The ledger of deadlines, and the nights that went through it (6, 9.2, 12.4, 18, 21, 24, 26, 35, 40)."""

from django.db import models
from django.db.models import Q

from inro.practice.deadlines import DeadlineKind
from inro.practice.ledger import OwedState
from inro.store.conditions import one_of


class ObligationRow(models.Model):
    """One thing owed, from the event that made it to the event that ended it.

    `subject` is what the audit log calls the thing: a case, a list, an edition. What follows and whose it is
    stands with the kind, in `practice.obligations`. `reached_from` is the first instant at which its day has
    passed or, for one that opens something, has begun; `deadline` holds clause and sum. The event is named as
    the log has it: kind, subject, instant.
    """

    id = models.BigAutoField(primary_key=True)
    subject = models.CharField(max_length=80)
    application = models.ForeignKey(
        "Application", null=True, on_delete=models.PROTECT, related_name="obligations"
    )
    kind = models.CharField(max_length=24)
    turn = models.PositiveSmallIntegerField(default=1)
    clause = models.CharField(max_length=16)
    due_on = models.DateField()
    reached_from = models.DateTimeField()
    deadline = models.JSONField()
    state = models.CharField(max_length=8, default=OwedState.OPEN.value)
    opened_by = models.CharField(max_length=40)
    opened_subject = models.CharField(max_length=80)
    opened_at = models.DateTimeField()
    closed_by = models.CharField(max_length=40, null=True)
    closed_subject = models.CharField(max_length=80, null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            one_of(field="kind", values=DeadlineKind, name="obligation_kind_known"),
            one_of(field="state", values=OwedState, name="obligation_state_known"),
            # Nothing is closed without its event.
            models.CheckConstraint(
                condition=Q(
                    ~Q(state="done"),
                    closed_by__isnull=True,
                    closed_subject__isnull=True,
                    closed_at__isnull=True,
                )
                | Q(
                    state="done",
                    closed_by__isnull=False,
                    closed_subject__isnull=False,
                    closed_at__isnull=False,
                ),
                name="obligation_closed_by_event",
            ),
            models.UniqueConstraint(
                fields=["application", "kind", "turn"],
                condition=~Q(state="done") & Q(application__isnull=False),
                name="obligation_owed_once",
            ),
            models.UniqueConstraint(
                fields=["subject", "kind", "turn"],
                condition=~Q(state="done") & Q(application__isnull=True),
                name="obligation_of_platform_once",
            ),
        )
        indexes = (
            models.Index(fields=["state", "reached_from", "id"], name="obligation_to_mark"),
            models.Index(fields=["reached_from", "id"], condition=~Q(state="done"), name="obligation_owed"),
            models.Index(
                fields=["kind", "reached_from", "id"], condition=~Q(state="done"), name="obligation_kind_owed"
            ),
        )


class NightRun(models.Model):
    """One night through the ledger, by its day in Japan; without an end it was not finished."""

    day = models.DateField(primary_key=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reached = models.PositiveIntegerField(default=0)
    expired = models.PositiveIntegerField(default=0)
    drafts = models.PositiveIntegerField(default=0)
    lapsed = models.PositiveIntegerField(default=0)
    proposed = models.PositiveIntegerField(default=0)
