"""What a renewal's form takes over from the earlier application (6.2, 8.11, 12.4, 23)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from inro.practice.renewal import LeftOut, NotRenewable, left_out, renewal_form
from inro.practice.stated import StatedReplacement
from tests.forms import FORM, SOLE, WHOLE

NUMBER = "A26-000001-K"
OF_PROXY = StatedReplacement(field="proxy.name", original="髙", printed="高", source="x", clause="8.8")


@pytest.mark.parametrize("form", [FORM, SOLE])
def test_what_was_stated_is_taken_over(form):
    assert renewal_form(form, number=NUMBER, on=date(2027, 1, 1)) == form
    assert left_out(form) == ()


def test_a_proxy_recipient_is_named_anew():
    form = replace(WHOLE, replacements=(*WHOLE.replacements, OF_PROXY))
    renewed = renewal_form(form, number=NUMBER, on=date(2027, 1, 1))
    assert renewed == replace(WHOLE, proxy=None)
    assert left_out(form) == (LeftOut.PROXY,)


def test_a_stay_that_is_over_is_stated_anew():
    assert WHOLE.stay_ends is not None
    renewal_form(WHOLE, number=NUMBER, on=WHOLE.stay_ends)
    with pytest.raises(NotRenewable) as refused:
        renewal_form(WHOLE, number=NUMBER, on=WHOLE.stay_ends + timedelta(days=1))
    assert refused.value.data == {"number": NUMBER, "obstacle": "stay_over"}
