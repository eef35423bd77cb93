"""What an applicant has typed into the wizard and not yet printed, and wrong tries to open it (40(6))."""

from django.db import models

from inro.practice.passphrase import HASH_OCTETS, SALT_OCTETS
from inro.store.conditions import as_long_as

_FINISHED = models.Q(application__isnull=False)


class Draft(models.Model):
    """One draft for one application, kept until `expires_on`.

    `answers` is JSON in ASCII, each step's fields as they were typed: text, since PostgreSQL's JSON takes no
    NUL. It is empty once emptied. `version` counts every change. Of the passphrase there is a hash only.
    """

    number = models.CharField(max_length=16, unique=True)
    passphrase_salt = models.BinaryField()
    passphrase_hash = models.BinaryField()
    answers = models.TextField(default="{}")
    done = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)
    explained_at = models.DateTimeField(null=True)
    consented_at = models.DateTimeField(null=True)
    edition = models.CharField(max_length=10, null=True)
    edition_sha256 = models.CharField(max_length=64, null=True)
    application = models.OneToOneField(
        "store.Application", null=True, on_delete=models.PROTECT, related_name="draft"
    )
    created_at = models.DateTimeField(db_index=True)
    updated_at = models.DateTimeField()
    expires_on = models.DateField(db_index=True)

    class Meta:
        constraints = (
            as_long_as(field="passphrase_salt", length=SALT_OCTETS, name="draft_salt"),
            as_long_as(field="passphrase_hash", length=HASH_OCTETS, name="draft_passphrase_hash"),
            as_long_as(field="edition_sha256", length=64, name="draft_edition_hash"),
            models.CheckConstraint(
                condition=models.Q(consented_at__isnull=True)
                | models.Q(edition__isnull=False, edition_sha256__isnull=False),
                name="draft_consent_to_an_edition",
            ),
            models.CheckConstraint(
                condition=~_FINISHED | models.Q(explained_at__isnull=False, consented_at__isnull=False),
                name="draft_finished_knowingly",
            ),
            models.CheckConstraint(
                condition=_FINISHED | ~models.Q(answers=""), name="draft_emptied_finished"
            ),
        )


class WrongOpening(models.Model):
    """A try with a wrong passphrase; the number typed is hashed, whether or not there is one like it."""

    number_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (as_long_as(field="number_sha256", length=64, name="wrong_opening_number_hash"),)
        indexes = (models.Index(fields=("number_sha256", "at"), name="wrong_opening_of_number"),)
