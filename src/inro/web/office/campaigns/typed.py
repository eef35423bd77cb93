"""Days and letters' numbers as they are typed on a campaign's pages."""

import re
from datetime import date

from django.http import QueryDict

from inro.japanese.eras import read_date
from inro.practice.campaign import CampaignRefused
from inro.web.office.intake.answers import text_of


def day_typed(post: QueryDict, name: str, *, field: str) -> date:
    """Return a day typed in Japanese or Gregorian years.

    Raises: CampaignRefused where nothing was typed, or no day.
    """
    typed = text_of(post, name)
    if not typed:
        raise CampaignRefused(field=field, problem="missing")
    day = read_date(typed).day
    if day is None:
        raise CampaignRefused(field=field, problem="not_a_date")
    return day


def items_typed(typed: str) -> list[int]:
    """Return the items of letters typed by their numbers, of which the last digits suffice.

    Raises: CampaignRefused.
    """
    items = []
    for part in filter(None, re.split(r"[\s,、，]+", typed)):
        last = part.rpartition("/")[2]
        if not (last.isascii() and last.isdigit()):
            raise CampaignRefused(field="kept_back", problem="not-of-this-batch")
        items.append(int(last))
    return items
