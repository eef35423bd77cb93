"""A criterion in words, line by line, as it was typed (22.1)."""

from dataclasses import dataclass

from django.utils.translation import gettext

from inro.practice.mass_revocation import Criterion
from inro.web.page_tags import day


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionLine:
    """One part of a criterion: what it is called, what it must be."""

    label: str
    value: str


def criterion_lines(criterion: Criterion) -> tuple[CriterionLine, ...]:
    """Return the parts that are given, in the page's language."""
    parts = (
        (gettext("Certificates"), gettext("all of the CA") if criterion.everyone else ""),
        (gettext("Last until at least"), day(criterion.lasts_until)),
        (gettext("Discontinuation"), criterion.campaign),
        (gettext("Card model"), criterion.card_model),
        (gettext("Origin of the key"), criterion.key_origin),
        (gettext("Certificate profile"), criterion.profile_sha256),
        (gettext("Organization"), criterion.organization),
        (gettext("Issuing approved by"), criterion.operator),
        (gettext("Issued from"), day(criterion.issued_from)),
        (gettext("Issued until"), day(criterion.issued_until)),
    )
    return tuple(CriterionLine(label=label, value=value) for label, value in parts if value)
