"""Proxy recipients asked for after examination (23, 24)."""

from django.db import models
from django.db.models import Q

from inro.practice.proxy import OPEN, ProxyState
from inro.store.conditions import differ, one_of

_OPEN = sorted(state.value for state in OPEN)


class ProxyRequest(models.Model):
    """One request; `proxy` is who is to collect the card, as the form states.

    `proxy`, `reason` and `refusal` are emptied at disposal. `verdicts` are the examining officer's, by point;
    `notified_on` is the day of the newest call about what is deficient, `due_on` the last of the twenty days
    from it.
    """

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="proxy_requests")
    state = models.CharField(max_length=9)
    arrived_on = models.DateField()
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=32)
    proxy = models.JSONField(null=True)
    reason = models.CharField(max_length=400)
    verdicts = models.JSONField(default=dict)
    examiner = models.CharField(max_length=32, null=True)
    notified_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    decider = models.CharField(max_length=32, null=True)
    closed_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=400)
    disposed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            one_of(field="state", values=ProxyState, name="proxy_state_known"),
            differ(one="examiner", other="decider", name="proxy_two_persons"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(state__in=_OPEN), name="proxy_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(examiner__isnull=False, decider__isnull=False, closed_at__isnull=False),
                name="proxy_approved_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("deficient", "lapsed"))
                | Q(notified_on__isnull=False, due_on__isnull=False),
                name="proxy_notified",
            ),
            models.CheckConstraint(
                condition=Q(disposed_at__isnull=True) | Q(proxy__isnull=True, reason="", refusal=""),
                name="proxy_disposed_empty",
            ),
        )
