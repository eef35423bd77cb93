"""The register of notices: to whom, why, what was sent, and every try to send it (2.2, 22.2, 43)."""

from django.db import models
from django.db.models import F, Q

from inro.practice.notices import Channel, NoticeKind
from inro.practice.sending import NoticeAct, NoticeState
from inro.store.conditions import as_long_as, one_of

_ANSWERS = (NoticeAct.ACCEPT, NoticeAct.POSTPONE, NoticeAct.REFUSE, NoticeAct.DOUBT)


class Notice(models.Model):
    """One notice with the day it counts as arrived (43).

    `recipient` is the e-mail address or fax number, `content` the message as it is sent, or a page's text;
    both are emptied at disposal. `sent_on` is the day it was let go, `message_id` what makes it one message
    however often it is tried. `edition` and `words_sha256` are of the operator's words it was made of. A
    letter that was posted has its sheets with the letter.
    """

    application = models.ForeignKey(
        "Application", null=True, on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.CharField(max_length=32)
    clause = models.CharField(max_length=16)
    channel = models.CharField(max_length=12)
    state = models.CharField(max_length=8, default=NoticeState.SENT.value)
    template = models.CharField(max_length=64)
    edition = models.CharField(max_length=10, default="")
    words_sha256 = models.CharField(max_length=64, default="")
    title = models.CharField(max_length=200, default="")
    recipient = models.CharField(max_length=254, default="")
    message_id = models.CharField(max_length=120, null=True, unique=True)
    content = models.BinaryField(null=True)
    content_sha256 = models.CharField(max_length=64)
    sent_on = models.DateField()
    arrived_on = models.DateField(null=True)
    released_by = models.CharField(max_length=32)
    released_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    disposed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            one_of(field="channel", values=Channel, name="notice_channel_known"),
            one_of(field="kind", values=NoticeKind, name="notice_kind_known"),
            one_of(field="state", values=NoticeState, name="notice_state_known"),
            as_long_as(field="content_sha256", length=64, name="notice_hash_size"),
            models.CheckConstraint(
                condition=Q(arrived_on__isnull=True) | Q(arrived_on__gte=F("sent_on")),
                name="notice_arrives_later",
            ),
            models.CheckConstraint(
                condition=Q(state="sent") | Q(arrived_on__isnull=True, message_id__isnull=False),
                name="notice_arrives_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(disposed_at__isnull=True) | Q(content__isnull=True, recipient=""),
                name="notice_disposed_empty",
            ),
        )
        indexes = (
            models.Index(fields=["application", "kind", "template", "arrived_on"], name="notice_kind"),
            models.Index(fields=["state", "channel"], name="notice_state"),
        )


class NoticeTry(models.Model):
    """One try to send a notice, on record before it begins; `outcome` is None until it is known.

    `said` is the server's answer, or why somebody decided what became of it; emptied at disposal.
    """

    notice = models.ForeignKey("Notice", on_delete=models.PROTECT, related_name="tries")
    number = models.PositiveSmallIntegerField()
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=32)
    outcome = models.CharField(max_length=8, null=True)
    said = models.CharField(max_length=400, default="")
    told_by = models.CharField(max_length=32, default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["notice", "number"], name="try_numbered_once"),
            models.UniqueConstraint(
                fields=["notice"], condition=Q(outcome__isnull=True), name="try_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(outcome__isnull=True) | Q(outcome__in=[one.value for one in _ANSWERS]),
                name="try_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome__isnull=True, ended_at__isnull=True)
                | Q(outcome__isnull=False, ended_at__isnull=False),
                name="try_ended_whole",
            ),
        )
