"""The staff as the house knows them: duties, passkeys, codes to enrol one; nobody has a password (40(7))."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from inro.practice.duties import Duty
from inro.practice.passphrase import HASH_OCTETS, SALT_OCTETS
from inro.practice.staff import LONGEST_LABEL, LONGEST_NAME, LONGEST_PERSON, ProposalKind, ProposalState
from inro.store.conditions import as_long_as, differ, one_of


class StaffMembers(BaseUserManager["StaffMember"]):
    """How Django finds a member of staff."""

    def get_by_natural_key(self, username: str | None) -> "StaffMember":
        """Return the member with this person id."""
        return self.get(person=username)


class StaffMember(AbstractBaseUser):
    """One member of staff; `person` is the id that the roster and the decisions carry."""

    # Sign-in is by passkey only: the column Django would hold a password in does not exist.
    password = None  # type: ignore[assignment]
    person = models.CharField(max_length=LONGEST_PERSON, unique=True)
    name = models.CharField(max_length=LONGEST_NAME)
    is_active = models.BooleanField(default=True)
    appointed_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "person"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[StaffMembers] = StaffMembers()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(is_active=True, dismissed_at__isnull=True)
                | Q(is_active=False, dismissed_at__isnull=False),
                name="staff_dismissed_or_active",
            ),
        )


class StaffProposal(models.Model):
    """What a first administrator proposes about a person, and what became of it.

    The first half of an enrolment code is told to who proposes; here is its hash only.
    """

    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=16, default=ProposalState.OPEN.value)
    person = models.CharField(max_length=LONGEST_PERSON)
    name = models.CharField(max_length=LONGEST_NAME)
    duties = models.JSONField(default=list)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    held_duty = models.ForeignKey("HeldDuty", null=True, on_delete=models.PROTECT, related_name="+")
    code_salt = models.BinaryField(null=True)
    code_first_hash = models.BinaryField(null=True)
    proposed_by = models.CharField(max_length=LONGEST_PERSON)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=LONGEST_PERSON, null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            one_of(field="kind", values=ProposalKind, name="proposal_kind_known"),
            one_of(field="state", values=ProposalState, name="proposal_state_known"),
            differ(one="proposed_by", other="person", name="proposal_not_of_oneself"),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.CONFIRMED.value)
                | (
                    Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")) & ~Q(decided_by=F("person"))
                ),
                name="proposal_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.OPEN.value, decided_at__isnull=True, decided_by__isnull=True)
                | (
                    ~Q(state=ProposalState.OPEN.value) & Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="proposal_decided_or_open",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ProposalKind.END_OF_DUTY.value)
                | Q(held_duty__isnull=False, last_day__isnull=False),
                name="proposal_ends_a_duty",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ProposalKind.APPOINTMENT.value) | Q(first_day__isnull=False),
                name="proposal_appoints_from_a_day",
            ),
            as_long_as(field="code_salt", length=SALT_OCTETS, name="proposal_code_salt"),
            as_long_as(field="code_first_hash", length=HASH_OCTETS, name="proposal_code_hash"),
        )
        indexes = (models.Index(fields=("state", "proposed_at"), name="proposal_open"),)


class HeldDuty(models.Model):
    """A duty a person holds from a day to a day; `proposal` is None for the first two administrators."""

    member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="duties")
    duty = models.CharField(max_length=32)
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    proposal = models.ForeignKey(StaffProposal, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            one_of(field="duty", values=Duty, name="held_duty_known"),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="held_duty_ends_after_it_begins",
            ),
            models.UniqueConstraint(fields=("member", "duty", "first_day"), name="held_duty_once"),
        )


class Passkey(models.Model):
    """A key a person signs in with; `public_key` is a COSE_Key, a `synced` one can be on several devices."""

    member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="passkeys")
    credential_id = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField()
    synced = models.BooleanField()
    label = models.CharField(max_length=LONGEST_LABEL)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=LONGEST_PERSON, null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="passkey_ended_by_somebody",
            ),
        )


class EnrolmentCode(models.Model):
    """A code to enrol one passkey, in two halves, as hashes; one of a person is open at a time."""

    member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="codes")
    first_salt = models.BinaryField()
    first_hash = models.BinaryField()
    second_salt = models.BinaryField()
    second_hash = models.BinaryField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            as_long_as(field="first_salt", length=SALT_OCTETS, name="enrolment_first_salt"),
            as_long_as(field="first_hash", length=HASH_OCTETS, name="enrolment_first_hash"),
            as_long_as(field="second_salt", length=SALT_OCTETS, name="enrolment_second_salt"),
            as_long_as(field="second_hash", length=HASH_OCTETS, name="enrolment_second_hash"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(replaced_at__isnull=True),
                name="enrolment_used_or_replaced",
            ),
            models.UniqueConstraint(
                fields=("member",),
                condition=Q(used_at__isnull=True, replaced_at__isnull=True),
                name="enrolment_one_open",
            ),
        )


class RefusedEntry(models.Model):
    """A refused try to enrol or to sign in; what it was about is hashed, whether there is such or not."""

    about_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (as_long_as(field="about_sha256", length=64, name="refused_entry_hash"),)
        indexes = (models.Index(fields=("about_sha256", "at"), name="refused_entry_about"),)
