"""Pages are filed by their codes or go to the tray; no page ever to another's case (8.1)."""

from hypothesis import given
from hypothesis import strategies as st

from inro.paper.scan.code import DamagedCode, SeparatorCode, SheetCode
from inro.paper.scan.sorting import Doubt, Filed, FiledBy, SeparatorSheet, Unassigned, sort_pages

A1, A2, B1 = (
    SheetCode(kind="RA1", number=number, page=page, pages=2)
    for number, page in (("A26-000001-K", 1), ("A26-000001-K", 2), ("A26-000002-L", 1))
)
RECORD = SeparatorCode(number="A26-000001-K", document="resident_record")
SEAL = SeparatorCode(number="A26-000002-L", document="seal_certificate")
NO_CODE = Unassigned(doubt=Doubt.NO_CODE)


def behind(separator, page, pages):
    return Filed(
        number=separator.number, document=separator.document, page=page, pages=pages, by=FiledBy.SEPARATOR
    )


def own(code):
    return Filed(
        number=code.number, document=code.kind, page=code.page, pages=code.pages, by=FiledBy.OWN_CODE
    )


def sheet(separator):
    return SeparatorSheet(number=separator.number, document=separator.document)


def test_forms_go_by_their_own_codes_in_any_order():
    assert sort_pages([(A2,), (B1,), (A1,)]) == (own(A2), own(B1), own(A1))


def test_pages_behind_a_separator_are_numbered_until_the_next_code():
    pile = [(RECORD,), (), (), (SEAL, SEAL), (), (A1,), ()]
    assert sort_pages(pile) == (
        sheet(RECORD), behind(RECORD, 1, 2), behind(RECORD, 2, 2),
        sheet(SEAL), behind(SEAL, 1, 1), own(A1), NO_CODE,
    )  # fmt: skip


def test_a_page_before_any_code_goes_to_the_tray():
    assert sort_pages([(), (A1,)]) == (NO_CODE, own(A1))


def test_a_code_that_cannot_be_read_ends_a_separators_reach():
    assert sort_pages([(RECORD,), (), (DamagedCode(),), ()]) == (
        sheet(RECORD), behind(RECORD, 1, 1), Unassigned(doubt=Doubt.DAMAGED_CODE), NO_CODE,
    )  # fmt: skip


def test_two_codes_on_one_page_are_a_doubt_and_end_the_reach():
    doubt = Unassigned(doubt=Doubt.TWO_CODES)
    assert sort_pages([(RECORD,), (A1, B1), (), (RECORD, SEAL), (A1, RECORD)]) == (
        sheet(RECORD), doubt, NO_CODE, doubt, doubt,
    )  # fmt: skip


def test_forms_that_disagree_on_their_pages_are_a_doubt():
    other = SheetCode(kind="RA1", number=A1.number, page=3, pages=3)
    doubt = Unassigned(doubt=Doubt.CONTRADICTION)
    assert sort_pages([(A1,), (B1,), (other,)]) == (doubt, own(B1), doubt)


def test_a_page_where_a_forms_first_page_would_lie_is_not_filed_by_a_separator():
    b2 = SheetCode(kind="RA1", number=B1.number, page=2, pages=2)
    doubt = Unassigned(doubt=Doubt.CONTRADICTION)
    assert sort_pages([(RECORD,), (), (), (b2,)]) == (sheet(RECORD), behind(RECORD, 1, 1), doubt, own(b2))
    assert sort_pages([(b2,), (RECORD,), (), (B1,), (b2,)])[2] == behind(RECORD, 1, 1)


@given(st.lists(st.lists(st.sampled_from([A1, A2, B1, RECORD, SEAL, DamagedCode()]), max_size=3).map(tuple)))
def test_no_page_is_filed_under_a_number_it_or_its_separator_does_not_bear(pile):
    results = sort_pages(pile)
    assert len(results) == len(pile)
    for place, (codes, result) in enumerate(zip(pile, results, strict=True)):
        if isinstance(result, Filed):
            last = next(codes for codes in reversed(pile[: place + 1]) if codes)
            assert {code.number for code in last} == {result.number}
            assert bool(codes) == (result.by is FiledBy.OWN_CODE)
