"""Which act a page is: every route says it, and a route that says none is refused by a test (40(7))."""

from collections.abc import Callable

from inro.practice.acts import Act
from inro.practice.permission import PUBLIC_ACTS


class NotPublic(ValueError):
    """The act belongs to a duty, so its page asks for that duty: a mistake in the program."""


def anyone[**P, R](act: Act) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Say that a page is an act open to anyone.

    Raises: NotPublic.
    """
    if act not in PUBLIC_ACTS:
        raise NotPublic(act.value)

    def marking(view: Callable[P, R]) -> Callable[P, R]:
        view.act = act  # type: ignore[attr-defined]
        return view

    return marking


def act_of(view: object) -> Act | None:
    """Return the act that a page says it is, or None."""
    return getattr(view, "act", None)
