"""The staff as the house knows them; nobody has a password (40(7))."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class StaffMembers(BaseUserManager["StaffMember"]):
    """How Django finds a member of staff."""

    def get_by_natural_key(self, username: str | None) -> "StaffMember":
        """Return the member with this person id."""
        return self.get(person=username)


class StaffMember(AbstractBaseUser):
    """One member of staff; `person` is the id that the roster and the decisions carry."""

    # Sign-in is by security key only: the column Django would hold a password in does not exist.
    password = None  # type: ignore[assignment]
    person = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)
    appointed_at = models.DateTimeField()

    USERNAME_FIELD = "person"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[StaffMembers] = StaffMembers()
