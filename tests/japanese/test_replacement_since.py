"""A replacement that today's tables treat otherwise is told, one that they leave open is not (8.8-8.11)."""

from dataclasses import replace

from inro.japanese.replacement_since import certified_outside_gate, replaced_otherwise
from inro.practice.stated import StatedReplacement
from tests.forms import FORM


def stated(original: str, printed: str, field: str = "legal_name") -> StatedReplacement:
    return StatedReplacement(field=field, original=original, printed=printed, source="前回", clause="8.8")


def test_what_the_tables_still_say_is_no_news():
    assert replaced_otherwise(FORM) == ()


def test_what_the_tables_say_otherwise_is_told():
    form = replace(
        FORM,
        replacements=(
            stated("髙", "タカ"),
            stated("濵", "濱"),
            # Katakana then and a person's choice now: nothing surer is known today.
            stated("麴", "コウジ"),
            stated("髙", "高", "organization.name"),
        ),
    )
    assert [(one.original, one.printed, one.today) for one in replaced_otherwise(form)] == [
        ("髙", "タカ", "高"),
        ("濵", "濱", "浜"),
    ]


def test_a_name_outside_the_gate_is_told():
    assert certified_outside_gate(FORM) == ()
    assert certified_outside_gate(replace(FORM, certificate_name="髙橋")) == ("髙",)
