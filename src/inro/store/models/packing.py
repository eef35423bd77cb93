"""Parcels packed and not yet posted, posting lists, powers a person has declined (17.4, 22.1(1), 35.3)."""

from django.db import models
from django.db.models import Q

from inro.practice.packing import IN_THE_HOUSE, PackingState
from inro.practice.parcels import Address, Mail
from inro.practice.powers import Power
from inro.store.conditions import as_long_as, one_of

_IN_THE_HOUSE = sorted(state.value for state in IN_THE_HOUSE)


class PostingList(models.Model):
    """What is taken to the post's counter together; handed over, its parcels are posted (17.4)."""

    number = models.CharField(max_length=16, unique=True)
    day = models.DateField()
    drawn_up_at = models.DateTimeField()
    drawn_up_by = models.CharField(max_length=32)
    accepted_on = models.DateField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    handed_over_by = models.CharField(max_length=32, null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    accepted_on__isnull=True, handed_over_at__isnull=True, handed_over_by__isnull=True
                )
                | Q(accepted_on__isnull=False, handed_over_at__isnull=False, handed_over_by__isnull=False),
                name="list_handed_over_whole",
            ),
            models.CheckConstraint(
                condition=Q(given_up_at__isnull=True) | Q(handed_over_at__isnull=True),
                name="list_ends_once",
            ),
        )


class Packing(models.Model):
    """One parcel closed by scan; posted, it is a row of `Parcel` as well (17.4, 24.1)."""

    number = models.CharField(max_length=16, unique=True)
    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="packings")
    card = models.ForeignKey("Card", null=True, on_delete=models.PROTECT, related_name="packings")
    mailer = models.ForeignKey("Mailer", null=True, on_delete=models.PROTECT, related_name="packings")
    mail = models.CharField(max_length=24)
    address = models.CharField(max_length=32)
    tracking_number = models.CharField(max_length=11, null=True)
    state = models.CharField(max_length=8)
    packed_at = models.DateTimeField()
    packed_by = models.CharField(max_length=32)
    posting_list = models.ForeignKey(
        PostingList, null=True, on_delete=models.PROTECT, related_name="packings"
    )
    parcel = models.OneToOneField("Parcel", null=True, on_delete=models.PROTECT, related_name="packing")

    class Meta:
        constraints = (
            one_of(field="state", values=PackingState, name="packing_state_known"),
            one_of(field="mail", values=Mail, name="packing_mail_known"),
            one_of(field="address", values=Address, name="packing_address_known"),
            models.CheckConstraint(
                condition=Q(card__isnull=False) | Q(mailer__isnull=False), name="packing_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(address="subscriber_resident_record") | Q(mailer__isnull=True),
                name="packing_proxy_gets_no_pin",
            ),
            models.UniqueConstraint(
                fields=["card"], condition=Q(state__in=_IN_THE_HOUSE), name="packing_card_once"
            ),
            models.UniqueConstraint(
                fields=["mailer"], condition=Q(state__in=_IN_THE_HOUSE), name="packing_mailer_once"
            ),
            models.UniqueConstraint(
                fields=["tracking_number"],
                condition=Q(state__in=_IN_THE_HOUSE),
                name="packing_numbered_once",
            ),
            # Of a proxy's case one person packs the card, another the PIN.
            models.UniqueConstraint(
                fields=["application", "packed_by"],
                condition=Q(state__in=_IN_THE_HOUSE) & (Q(card__isnull=True) | Q(mailer__isnull=True)),
                name="packing_proxy_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(state="posted", parcel__isnull=False)
                | ~Q(state="posted") & Q(parcel__isnull=True),
                name="packing_posted_is_a_parcel",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("listed", "posted"))
                | Q(posting_list__isnull=False, tracking_number__isnull=False),
                name="packing_listed_whole",
            ),
        )
        indexes = (models.Index(fields=["state", "mail"], name="packing_state"),)


class DeclinedPower(models.Model):
    """A power that a person did not use on these facts, and why (22.1(1), 35.3)."""

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="declined_powers")
    power = models.CharField(max_length=8)
    facts_sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=400)
    declined_at = models.DateTimeField()
    declined_by = models.CharField(max_length=32)
    disposed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            one_of(field="power", values=Power, name="power_known"),
            as_long_as(field="facts_sha256", length=64, name="power_facts_hash"),
            models.UniqueConstraint(
                fields=["application", "power", "facts_sha256"], name="power_declined_once"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") | Q(disposed_at__isnull=False), name="power_with_reason"
            ),
        )
