"""`policy/postage.toml`: tariffs by day, days at the post office, labels that fit on A4 (17.4)."""

import pytest

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.postage import load_post_rules
from inro.practice.calendar import JST
from inro.practice.parcels import Mail
from inro.practice.postage import NoTariffInForce, keeping, tariff_on
from tests import given

POLICY = given.POLICY / "postage.toml"
DAY = given.NOW.astimezone(JST).date()


def test_the_operators_file_is_read():
    rules = load_post_rules(POLICY)
    tariff = tariff_on(rules.tariffs, on=DAY)
    assert tariff.total(Mail.RESTRICTED_DELIVERY) == 870
    assert tariff.total(Mail.SIMPLIFIED_REGISTERED) == 460
    assert rules.sheet.places == 10
    with pytest.raises(NoTariffInForce):
        tariff_on(rules.tariffs, on=DAY.replace(year=2020))


def test_the_post_keeps_ten_days_or_seven_and_three_more():
    rules = load_post_rules(POLICY)
    restricted, simplified = (
        keeping(mail=mail, posted_on=DAY, terms=given.TERMS, rules=rules) for mail in Mail
    )
    assert ((restricted.until.day - DAY).days, restricted.longest) == (10, None)
    assert simplified.longest is not None
    assert ((simplified.until.day - DAY).days, (simplified.longest.day - DAY).days) == (7, 10)


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("resending_limit = 2", "resending_limit = 11", "resending_limit"),
        ("registration = 480", "registration = -1", "registration"),
        ("registration = 350", 'registration = "350"', "registration"),
        ("columns = 2", "columns = 3", "sheet"),
        ("width = 86.4", "width = 0.0", "sheet"),
        ('kind = "3"', 'kind = ""', "kind"),
        ("keeping_days = 7", "keeping_day = 7", "keeping_days"),
        ("[sheet]", "[sheet]\ncolour = 1", "colour"),
        ("\n[[tariffs]]", "\n[tariffs]", "tariffs"),
    ],
)
def test_what_is_wrong_is_named_by_its_key(tmp_path, before, after, key):
    file = tmp_path / "postage.toml"
    file.write_text(POLICY.read_text("utf-8").replace(before, after, 1), "utf-8")
    with pytest.raises(ConfigurationRefused) as refused:
        load_post_rules(file)
    assert key in refused.value.key
