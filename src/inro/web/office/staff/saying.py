"""What the staff's pages say of a refusal, beside the field it is of (40(7))."""

from django.utils.translation import get_language

from inro.practice.staff import StaffRefused
from inro.web.office.intake.saying import Said, said
from inro.words.states import word


def said_of_staff(refusal: Exception) -> Said:
    """Return a refusal in the page's language."""
    if isinstance(refusal, StaffRefused):
        return Said(words=word(refusal.fault, get_language() or "ja"), field=refusal.field)
    return said(refusal)
