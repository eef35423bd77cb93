"""`policy/deficiencies.toml`: the operator's words for what is often deficient (9.2)."""

from pathlib import Path

import pytest

from inro.configuration.deficiencies import load_deficiencies
from inro.configuration.errors import ConfigurationRefused
from inro.practice.deficiency import DeficiencyPoint, check_points
from inro.words.states import word

POLICY = Path(__file__).parents[2] / "policy"
GOOD = """
[[templates]]
name = "one"
kind = "application_form"
clause = "8.1"
label = ["一つ", "One"]
finding = "足りません。"
remedy = "お送りください。"
"""


def test_the_shipped_templates_fit_a_letter():
    templates = load_deficiencies(POLICY / "deficiencies.toml")
    assert len(templates) > 10
    for one in templates:
        point = DeficiencyPoint(
            item=word(one.kind, "ja"), finding=one.finding, remedy=one.remedy, clause=one.clause
        )
        check_points([point])


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (GOOD + GOOD, "templates.name"),
        (GOOD.replace("application_form", "poem"), "templates.one.kind"),
        (GOOD.replace('["一つ", "One"]', '["一つ"]'), "templates.one.label"),
        (GOOD.replace("足りません。", "あ" * 401), "templates.one.finding"),
        (GOOD.replace('remedy = "お送りください。"', ""), "templates.remedy"),
        (GOOD + 'more = "x"', "templates.more"),
    ],
)
def test_what_is_no_template_is_refused_by_its_key(tmp_path, text, key):
    file = tmp_path / "deficiencies.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigurationRefused) as refusal:
        load_deficiencies(file)
    assert refusal.value.key == key
