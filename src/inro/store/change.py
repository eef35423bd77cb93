"""Compare-and-set, the only way a state changes (ADR 0015)."""

from typing import Any

from django.db.models import Model

from inro.store.errors import Conflict, Unknown


def change(model: type[Model], *, row: int, expected: dict[str, Any], to: dict[str, Any]) -> None:
    """Set columns of one row if it is still as expected: one UPDATE … WHERE, no reading before.

    Raises: Conflict if it is not, Unknown if there is no such row.
    """
    rows = model._default_manager.filter(pk=row)
    if rows.filter(**expected).update(**to) == 1:
        return
    name = model._meta.model_name or ""
    if not rows.exists():
        raise Unknown(what=name, detail=str(row))
    wanted = ", ".join(f"{column}={value}" for column, value in sorted(expected.items()))
    raise Conflict(what=name, detail=f"{row} is no longer {wanted}")
