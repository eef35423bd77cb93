"""How far away a day is, in words: one day is not many (40(7))."""

from django.utils.translation import gettext


def days_ahead(days: int) -> str:
    """Return that a day is today, or so many days to come."""
    if days == 0:
        return gettext("today")
    return gettext("in 1 day") if days == 1 else gettext("in %(days)d days") % {"days": days}


def days_over(days: int) -> str:
    """Return that a day has been over for so many days, one or more."""
    return gettext("1 day over") if days == 1 else gettext("%(days)d days over") % {"days": days}
