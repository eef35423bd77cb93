"""How the decisions on a case stand, verified anew whenever its page is opened (9.1)."""

from dataclasses import dataclass

from django.db import connection
from django.utils.translation import get_language

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.trust import read_trust
from inro.pki.roster import Roster
from inro.store.decisions_verify import DecisionStanding, decisions_of_application, signed_rosters
from inro.web.office.house import house
from inro.words.conditions import damage_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDecision:
    """One decision in the case's panel: `wrong` says in words why it does not verify."""

    standing: DecisionStanding
    wrong: str


def decisions_shown(number: str) -> tuple[ShownDecision, ...]:
    """Return a case's decisions, each with the verdict on its assertion."""
    language, rosters = get_language() or "ja", rosters_on_record()
    return tuple(
        ShownDecision(standing=one, wrong=damage_words(one.damage, language) if one.damage else "")
        for one in decisions_of_application(connection, application=number, rosters=rosters)
    )


def rosters_on_record() -> dict[str, Roster]:
    """Return the rosters on record that the ceremony's key signed, by their hash; none without the key."""
    try:
        roster_key = read_trust(house().installation.trust / "roster-key.der")
    except ConfigurationRefused:
        # Without the ceremony's key no roster is believed, and every decision says so.
        return {}
    return signed_rosters(connection, roster_key=roster_key)
