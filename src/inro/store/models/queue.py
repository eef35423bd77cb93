"""The queue: where each case stands, what is searched by, who works on it, filters kept (40(7))."""

from django.db import models

from inro.practice.queue import NextAct, QueueStage
from inro.store.conditions import one_of


class QueueRow(models.Model):
    """One case in the queue; `usecases.queue` writes what follows from the case in each act's transaction.

    `due_on` is 9999-12-31 where nothing is due, so that one index sorts all. `deadline` holds clause and sum.
    """

    application = models.OneToOneField(
        "Application", primary_key=True, on_delete=models.PROTECT, related_name="queue_row"
    )
    # Unique where it is given; here it only follows, and stops nothing when somebody changed it there.
    number = models.CharField(max_length=16, db_index=True)
    stage = models.CharField(max_length=12)
    at_work = models.BooleanField()
    next_act = models.CharField(max_length=28)
    then_act = models.CharField(max_length=28, null=True)
    due_on = models.DateField()
    opens = models.BooleanField(default=False)
    deadline = models.JSONField(null=True)
    came_at = models.DateTimeField()
    assignee = models.CharField(max_length=32, null=True)
    assignee_name = models.CharField(max_length=100, null=True)
    assigned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            one_of(field="stage", values=QueueStage, name="queue_stage_known"),
            one_of(field="next_act", values=NextAct, name="queue_act_known"),
            one_of(field="then_act", values=NextAct, name="queue_then_known"),
            models.CheckConstraint(
                condition=models.Q(
                    assignee__isnull=True, assignee_name__isnull=True, assigned_at__isnull=True
                )
                | models.Q(assignee__isnull=False, assignee_name__isnull=False, assigned_at__isnull=False),
                name="queue_assigned_since",
            ),
        )
        indexes = (
            models.Index(fields=["stage", "due_on", "application"], name="queue_stage_due"),
            models.Index(fields=["stage", "came_at", "application"], name="queue_stage_came"),
            models.Index(fields=["at_work", "due_on", "application"], name="queue_work_due"),
            models.Index(fields=["at_work", "came_at", "application"], name="queue_work_came"),
            models.Index(fields=["due_on", "application"], name="queue_due"),
            # Whole, not partial: with every column asked for in it, counting never looks at a row.
            models.Index(fields=["opens", "due_on", "application"], name="queue_waits"),
            models.Index(fields=["at_work", "assignee", "due_on", "application"], name="queue_free"),
            models.Index(fields=["came_at", "application"], name="queue_came"),
            models.Index(
                fields=["assignee", "due_on", "application"],
                condition=models.Q(assignee__isnull=False),
                name="queue_assignee_due",
            ),
        )


class SearchKey(models.Model):
    """What a case is found by, as `japanese.search_key` writes it; disposal empties it (28).

    `names` holds every name of the case, each between line ends, so that a beginning can be asked for too.
    """

    application = models.OneToOneField(
        "Application", primary_key=True, on_delete=models.PROTECT, related_name="search_key"
    )
    names = models.TextField()
    corporate_number = models.CharField(max_length=13, db_index=True)


class CaseOpening(models.Model):
    """Who has a case open for work, and until when: a note to the others, never a state of the case."""

    application = models.OneToOneField(
        "Application", primary_key=True, on_delete=models.PROTECT, related_name="opening"
    )
    person = models.CharField(max_length=32)
    name = models.CharField(max_length=100)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()


class KeptFilter(models.Model):
    """A filter that a person keeps under a name; `query` is the list's own address after the `?`."""

    person = models.CharField(max_length=32)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "name"], name="filter_named_once"),)
