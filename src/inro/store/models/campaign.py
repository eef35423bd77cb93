"""Notices to everybody concerned: the campaign, each person's notice in it, the lots it is posted in."""

from django.db import models
from django.db.models import Q

from inro.practice.campaign import CampaignKind, CampaignState, Exclusion, ItemState
from inro.practice.notices import Channel, NoticeKind
from inro.store.conditions import as_long_as, differ, one_of


class Campaign(models.Model):
    """One campaign; `subject` says what it is about, `deadline` by when its notices arrive and why.

    `page` is the notice of the web page, `listed_*` the list of certificates for the revocation desk.
    """

    number = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=12)
    subject = models.JSONField()
    subject_sha256 = models.CharField(max_length=64)
    deadline = models.JSONField(null=True)
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=32)
    released_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=32, null=True)
    closed_at = models.DateTimeField(null=True)
    page = models.OneToOneField("Notice", null=True, on_delete=models.PROTECT, related_name="page_of")
    listed_at = models.DateTimeField(null=True)
    listed = models.PositiveIntegerField(null=True)
    listed_sha256 = models.CharField(max_length=64, null=True)

    class Meta:
        constraints = (
            one_of(field="kind", values=CampaignKind, name="campaign_kind_known"),
            one_of(field="state", values=CampaignState, name="campaign_state_known"),
            as_long_as(field="subject_sha256", length=64, name="campaign_subject_hash"),
            as_long_as(field="listed_sha256", length=64, name="campaign_listed_hash"),
            differ(one="planned_by", other="released_by", name="campaign_two_persons"),
            models.UniqueConstraint(
                fields=["subject_sha256"], condition=~Q(state="withdrawn"), name="campaign_once"
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="campaign_released_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("released", "finished")) | Q(released_by__isnull=False),
                name="campaign_goes_after_release",
            ),
            models.CheckConstraint(
                condition=Q(listed_at__isnull=True, listed__isnull=True, listed_sha256__isnull=True)
                | Q(listed_at__isnull=False, listed__isnull=False, listed_sha256__isnull=False),
                name="campaign_listed_whole",
            ),
        )


class CampaignBatch(models.Model):
    """Letters of a campaign, one file, posted together; `pdf` is emptied with the first disposal.

    Or messages, let go together: without a file, their hash is over what each of them tells, and `postmark`
    is the day they were let go.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=32)
    channel = models.CharField(max_length=12, default=Channel.POST.value)
    items = models.PositiveIntegerField()
    dated_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=32)
    pdf = models.BinaryField(null=True)
    pdf_sha256 = models.CharField(max_length=64)
    edition = models.CharField(max_length=10, default="")
    words_sha256 = models.CharField(max_length=64, default="")
    postmark = models.DateField(null=True)

    class Meta:
        constraints = (
            one_of(field="kind", values=NoticeKind, name="campaignbatch_kind_known"),
            one_of(field="channel", values=Channel, name="campaignbatch_channel_known"),
            as_long_as(field="pdf_sha256", length=64, name="campaignbatch_pdf_hash"),
            models.UniqueConstraint(fields=["campaign", "number"], name="campaignbatch_once"),
            models.CheckConstraint(condition=Q(items__gte=1), name="campaignbatch_not_empty"),
            models.CheckConstraint(
                condition=Q(postmark__isnull=True) | Q(postmark__gte=models.F("dated_on")),
                name="campaignbatch_posted_later",
            ),
        )


class CampaignItem(models.Model):
    """One person's notice in a campaign, or why there is none; `content` is what it told, until disposal.

    It is about an application or, in a renewal, one from before this platform. `place` is the letter's in its
    lot, `failed` the message whose place a letter takes. One given by hand was in no lot.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="items")
    application = models.ForeignKey(
        "Application", null=True, on_delete=models.PROTECT, related_name="campaign_items"
    )
    past = models.ForeignKey(
        "PastApplication", null=True, on_delete=models.PROTECT, related_name="campaign_items"
    )
    kind = models.CharField(max_length=32)
    channel = models.CharField(max_length=12, null=True)
    state = models.CharField(max_length=8)
    exclusion = models.CharField(max_length=20, null=True)
    batch = models.ForeignKey(CampaignBatch, null=True, on_delete=models.PROTECT, related_name="batch_items")
    place = models.PositiveIntegerField(null=True)
    content = models.JSONField(null=True)
    content_sha256 = models.CharField(max_length=64, null=True)
    notice = models.OneToOneField("Notice", null=True, on_delete=models.PROTECT, related_name="campaign_item")
    failed = models.OneToOneField("Notice", null=True, on_delete=models.PROTECT, related_name="failed_item")

    class Meta:
        constraints = (
            one_of(field="kind", values=NoticeKind, name="campaignitem_kind_known"),
            one_of(field="channel", values=Channel, name="campaignitem_channel_known"),
            one_of(field="state", values=ItemState, name="campaignitem_state_known"),
            one_of(field="exclusion", values=Exclusion, name="campaignitem_why_known"),
            as_long_as(field="content_sha256", length=64, name="campaignitem_hash"),
            models.UniqueConstraint(
                fields=["campaign", "application", "kind"],
                condition=Q(application__isnull=False),
                name="campaignitem_once",
            ),
            models.UniqueConstraint(
                fields=["campaign", "past", "kind"],
                condition=Q(past__isnull=False),
                name="campaignitem_past_once",
            ),
            models.CheckConstraint(
                condition=Q(application__isnull=False, past__isnull=True)
                | Q(application__isnull=True, past__isnull=False),
                name="campaignitem_of_one",
            ),
            models.CheckConstraint(
                condition=Q(state="excluded", exclusion__isnull=False)
                | ~Q(state="excluded") & Q(exclusion__isnull=True),
                name="campaignitem_excluded_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="printed")
                | Q(batch__isnull=False, place__isnull=False, content_sha256__isnull=False),
                name="campaignitem_printed_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(content_sha256__isnull=False),
                name="campaignitem_sent_hash",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", notice__isnull=False) | ~Q(state="sent") & Q(notice__isnull=True),
                name="campaignitem_sent_is_a_notice",
            ),
        )
        indexes = (models.Index(fields=["campaign", "state", "kind", "id"], name="campaignitem_next"),)


class CampaignByHand(models.Model):
    """A notice that somebody gave outside of the campaign's lots; `reason` is emptied at disposal (43).

    It tells nobody until another person has confirmed it.
    """

    item = models.ForeignKey(CampaignItem, on_delete=models.PROTECT, related_name="by_hand")
    channel = models.CharField(max_length=12)
    served_on = models.DateField()
    reason = models.CharField(max_length=400)
    sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=32)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=32, null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.CharField(max_length=32, null=True)

    class Meta:
        constraints = (
            one_of(field="channel", values=Channel, name="byhand_channel_known"),
            as_long_as(field="sha256", length=64, name="byhand_hash"),
            differ(one="recorded_by", other="confirmed_by", name="byhand_two_persons"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(dropped_at__isnull=True), name="byhand_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, dropped_at__isnull=True),
                name="byhand_confirmed_whole",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_by__isnull=True)
                | Q(dropped_at__isnull=False, dropped_by__isnull=False),
                name="byhand_dropped_whole",
            ),
        )
