"""What is typed finds what is on record, however either is written (8.7-8.10)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.japanese.name_variants import FIRST_OF_GROUP
from inro.japanese.search_key import organization_search_key, search_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋　花子", "高橋花子"),
        ("渡邉󠄀", "渡辺"),
        ("渡邊", "渡邉"),
        ("𠮷野", "吉野"),
        ("濵﨑", "浜崎"),
        ("齋藤", "斎藤"),
        ("タカハシ　ハナコ", "ﾀｶﾊｼ ﾊﾅｺ"),
        ("たかはし", "タカハシ"),
        ("キャノン", "キヤノン"),
        ("霞ヶ関", "霞ケ関"),
        ("ＡＢＣ－１", "abc1"),
        ("ジョン・スミス", "ジヨンスミス"),
    ],
)
def test_writings_of_one_name_have_one_key(one, other):
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(
    "name", ["株式会社みほん建設", "㈱みほん建設", "みほん建設（株）", "みほん建設 株式会社"]
)
def test_the_company_form_makes_no_difference(name):
    assert organization_search_key(name) == search_key("みほん建設")


def test_a_name_that_is_a_company_form_alone_keeps_it():
    assert organization_search_key("株式会社") == "株式会社"


@pytest.mark.parametrize(("one", "other"), [("林", "森"), ("大田", "太田"), ("ハハ", "パパ")])
def test_other_names_have_other_keys(one, other):
    assert search_key(one) != search_key(other)


def test_a_variant_stands_in_one_group_only():
    assert not {chr(code) for code in FIRST_OF_GROUP} & set(FIRST_OF_GROUP.values())


@given(st.text(max_size=300))
def test_whatever_is_typed_has_a_key_without_what_no_database_takes(text):
    key = search_key(text)
    assert "\0" not in key
    assert "\n" not in key
    assert organization_search_key(text).count("\n") == 0
