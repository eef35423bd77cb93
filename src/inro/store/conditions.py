"""Conditions that recur in table constraints."""

from collections.abc import Iterable
from enum import StrEnum

from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact


def one_of(*, field: str, values: Iterable[StrEnum], name: str) -> CheckConstraint:
    """Return a constraint that a text column holds a value of an enum."""
    return CheckConstraint(condition=Q(**{f"{field}__in": [value.value for value in values]}), name=name)


def differ(*, one: str, other: str, name: str) -> CheckConstraint:
    """Return a constraint that two persons differ where both are known (two officers)."""
    return CheckConstraint(condition=~Q(**{one: F(other)}), name=name)


def as_long_as(*, field: str, length: int, name: str) -> CheckConstraint:
    """Return a constraint on the number of octets or characters of a column."""
    return CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(Exact(Length(field), length)), name=name
    )
