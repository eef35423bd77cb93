"""One name for each Corporate Number, and a warning where the application has another (8.2, 8.6, 8.9)."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.japanese.numbers import corporate_number_of
from inro.japanese.organization_name import (
    NamesOfOtherNumbers,
    NameSource,
    NameVerdict,
    OrganizationName,
    canonical_name,
    compare_organization_names,
    name_to_certify,
    reduce_name,
)

NUMBER = corporate_number_of("012345678901")
OTHER_NUMBER = corporate_number_of("012345678902")


def name(text: str, source: NameSource, day: int = 1, number: str = NUMBER) -> OrganizationName:
    return OrganizationName(corporate_number=number, name=text, source=source, read_on=date(2026, 4, day))


@pytest.mark.parametrize(
    ("left", "right", "verdict", "parts_at"),
    [
        ("株式会社青葉商会", "株式会社青葉商会", NameVerdict.SAME, None),
        ("株式会社青葉商会", "㈱青葉商会", NameVerdict.SAME_REDUCED, 0),
        ("株式会社青葉商会", "（株）青葉商会", NameVerdict.SAME_REDUCED, 0),
        ("株式会社　青葉商会", "株式会社青葉商会", NameVerdict.SAME_REDUCED, 4),
        ("ＡＯＢＡ株式会社", "Aoba株式会社", NameVerdict.SAME_REDUCED, 0),
        ("アオバ・サービス株式会社", "ｱｵﾊﾞ･ｻｰﾋﾞｽ株式会社", NameVerdict.SAME_REDUCED, 0),
        ("青葉商会（有）", "青葉商会有限会社", NameVerdict.SAME_REDUCED, 4),
        ("株式会社青葉商会", "青葉商会株式会社", NameVerdict.OTHER_FORM, 0),
        ("株式会社青葉商会", "青葉商会", NameVerdict.OTHER_FORM, 0),
        ("株式会社青葉商会", "合同会社青葉商会", NameVerdict.OTHER_FORM, 0),
        ("株式会社青葉商会", "株式会社若葉商会", NameVerdict.DIFFERENT, 4),
        ("株式会社さくら", "株式会社サクラ", NameVerdict.DIFFERENT, 4),
        ("株式会社青葉", "株式会社青葉商会", NameVerdict.DIFFERENT, 6),
        ("株式会社", "有限会社", NameVerdict.DIFFERENT, 0),
    ],
)
def test_names_are_compared_as_they_are_and_reduced(left, right, verdict, parts_at):
    for one, other in ((left, right), (right, left)):
        found = compare_organization_names(left=one, right=other)
        assert (found.verdict, found.parts_at) == (verdict, parts_at)


def test_the_tables_of_the_register_may_reduce_further():
    tables = str.maketrans({"髙": "高", "﨑": "崎"})
    left, right = "株式会社髙﨑商会", "株式会社高崎商会"
    assert compare_organization_names(left=left, right=right).verdict is NameVerdict.DIFFERENT
    found = compare_organization_names(
        left=left, right=right, reduced=lambda text: reduce_name(text).translate(tables)
    )
    assert found.verdict is NameVerdict.SAME_REDUCED


@given(st.text(max_size=20), st.text(max_size=20))
def test_comparing_is_symmetric_and_every_name_equals_itself(left, right):
    assert compare_organization_names(left=left, right=left).verdict is NameVerdict.SAME
    there = compare_organization_names(left=left, right=right)
    assert there == compare_organization_names(left=right, right=left)


def test_the_name_of_an_earlier_certificate_is_used_again():
    certified = name("株式会社青葉商会", NameSource.CERTIFICATE, day=1)
    names = [
        name("㈱青葉商会", NameSource.APPLICATION, day=9),
        name("株式会社　青葉商会", NameSource.NUMBER_PUBLICATION, day=8),
        name("株式會社青葉商会", NameSource.REGISTRY, day=7),
        certified,
    ]
    for seed in range(20):
        Random(seed).shuffle(names)
        assert canonical_name(names) == certified
    assert (
        canonical_name(names[:0] + [each for each in names if each != certified]).source
        is NameSource.REGISTRY
    )


def test_of_one_source_the_latest_name_holds():
    names = [
        name("株式会社青葉", NameSource.REGISTRY, day=1),
        name("株式会社若葉", NameSource.REGISTRY, day=2),
    ]
    assert canonical_name(names).name == "株式会社若葉"


@pytest.mark.parametrize(
    "numbers", [(), (NUMBER, OTHER_NUMBER), ("1234567890123",), ("",)], ids=["none", "two", "wrong", "empty"]
)
def test_names_of_other_numbers_have_no_canonical_name(numbers):
    with pytest.raises(NamesOfOtherNumbers):
        canonical_name(name("株式会社青葉", NameSource.REGISTRY, number=number) for number in numbers)


def test_a_name_that_differs_is_warned_about_and_not_used():
    canonical = name("株式会社青葉商会", NameSource.CERTIFICATE)
    use = name_to_certify(applied="（株）青葉商会", canonical=canonical)
    assert use.name == "株式会社青葉商会"
    assert use.warns
    assert use.applied.verdict is NameVerdict.SAME_REDUCED
    assert not name_to_certify(applied="株式会社青葉商会", canonical=canonical).warns
