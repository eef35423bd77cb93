"""Letters from the draft to the post, calls, and time made longer by a person (9.2, 24.2, 43)."""

from django.db import models
from django.db.models import Q

from inro.practice.letters import WAITING, LetterState
from inro.practice.notices import Channel, NoticeKind
from inro.store.conditions import as_long_as, one_of

_WAITING = sorted(state.value for state in WAITING)
_HANDED_OVER = ("on_way", "sent", "failed")


class Letter(models.Model):
    """One letter; `content` is what it tells, `pdf` the sheets as last printed, both emptied at disposal.

    `wanted` is the way asked for where it goes another, because there is no contact for that one (40(5)).
    `edition` and `words_sha256` are of the operator's words on the sheets. `dated_on` is the day it bears,
    `due_on` the day it tells where it tells one, `sent` the notice that it became once handed over,
    `instead_of` the letter that reached nobody by fax or e-mail.
    """

    number = models.CharField(max_length=16, unique=True)
    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=32)
    clause = models.CharField(max_length=16)
    channel = models.CharField(max_length=12)
    wanted = models.CharField(max_length=12, default="")
    state = models.CharField(max_length=8)
    content = models.JSONField(null=True)
    content_sha256 = models.CharField(max_length=64)
    pdf = models.BinaryField(null=True)
    pdf_sha256 = models.CharField(max_length=64, null=True)
    edition = models.CharField(max_length=10, default="")
    words_sha256 = models.CharField(max_length=64, default="")
    dated_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=32)
    sent = models.OneToOneField("Notice", null=True, on_delete=models.PROTECT, related_name="letter")
    instead_of = models.OneToOneField("Letter", null=True, on_delete=models.PROTECT, related_name="successor")
    disposed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            one_of(field="kind", values=NoticeKind, name="letter_kind_known"),
            one_of(field="channel", values=Channel, name="letter_channel_known"),
            one_of(field="state", values=LetterState, name="letter_state_known"),
            as_long_as(field="content_sha256", length=64, name="letter_content_hash"),
            as_long_as(field="pdf_sha256", length=64, name="letter_pdf_hash"),
            models.UniqueConstraint(
                fields=["application", "kind"], condition=Q(state__in=_WAITING), name="letter_one_waits"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("printed", "on_way", "sent", "failed"))
                | Q(pdf_sha256__isnull=False, dated_on__isnull=False),
                name="letter_printed_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_HANDED_OVER, sent__isnull=False)
                | ~Q(state__in=_HANDED_OVER) & Q(sent__isnull=True),
                name="letter_sent_is_a_notice",
            ),
            models.CheckConstraint(
                condition=Q(disposed_at__isnull=True) | Q(content__isnull=True, pdf__isnull=True),
                name="letter_disposed_empty",
            ),
        )
        indexes = (models.Index(fields=["state", "channel"], name="letter_state"),)


class DeficiencyExtension(models.Model):
    """More time to mend, given by a person with a reason (9.2)."""

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="extensions")
    extended_to = models.DateField()
    reason = models.CharField(max_length=400)
    extended_at = models.DateTimeField()
    extended_by = models.CharField(max_length=32)
    disposed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(reason="") | Q(disposed_at__isnull=False), name="extension_with_reason"
            ),
        )


class TelephoneCall(models.Model):
    """A call about a case: when, who called whom, what was said (9.2, 24.2)."""

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="calls")
    about = models.CharField(max_length=32)
    called_at = models.DateTimeField()
    called_by = models.CharField(max_length=32)
    spoken_to = models.CharField(max_length=100)
    said = models.CharField(max_length=1000)
    recorded_at = models.DateTimeField()
    disposed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            one_of(field="about", values=NoticeKind, name="call_about_known"),
            models.CheckConstraint(
                condition=Q(called_at__lte=models.F("recorded_at")), name="call_before_its_record"
            ),
        )
