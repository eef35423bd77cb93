"""From rows of recognised text to boxes: a number in any writing, its label's cell, rows of digits (8.5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.paper.redaction import BoxReason
from inro.paper.scan.number_boxes import Line, number_boxes

SIZE = {"width": 1654, "height": 2339}
NUMBER = "123456789018"


def line(text, *, left=600, top=500, width=300, height=40, tilt=0.0):
    return Line(text=text, left=left, top=top, right=left + width, bottom=top + height, tilt=tilt)


def reasons(*lines):
    return [box.why for box in number_boxes(lines, **SIZE)]


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        "1234 5678 9018",
        "1234-5678-9018",
        "１２３４５６７８９０１８",
        "1 2 3 4 5 6 7 8 9 0 1 8",
        "１２３４－５６７８－９０１８",
    ],
)
def test_a_valid_number_is_found_in_any_writing(text):
    [box] = number_boxes([line(text)], **SIZE)
    assert box.why is BoxReason.VALID_NUMBER
    assert (box.left < 600, box.top < 500, box.right > 900, box.bottom > 540) == (True,) * 4


@pytest.mark.parametrize(
    "text", ["l2345678901", "12345678O019", "123456789019", "03-1234-5678", "1234567890123456"]
)
def test_what_may_be_a_number_misread_is_a_row_of_digits(text):
    assert reasons(line(text)) == [BoxReason.DIGIT_RUN]


def test_a_letter_that_looks_like_a_digit_counts_as_one():
    assert reasons(line("l2345678O0I8".replace("O0I", "90I"))) == [BoxReason.VALID_NUMBER]


@pytest.mark.parametrize("text", ["令和8年10月25日", "123456789", "①②③", "前橋市架空町5丁目18番8号", ""])
def test_other_text_is_left_alone(text):
    assert reasons(line(text)) == []


def test_a_number_set_digit_by_digit_is_one_box():
    cells = [line(digit, left=600 + 60 * place, width=20) for place, digit in enumerate(NUMBER)]
    [box] = number_boxes(cells, **SIZE)
    assert box.why is BoxReason.VALID_NUMBER
    assert box.left < 600
    assert box.right > 600 + 60 * 11 + 20


@pytest.mark.parametrize("label", ["個人番号", "個人番号：", "マイナンバー", "ﾏｲﾅﾝﾊﾞｰ"])
def test_the_cell_right_of_a_label_is_proposed_whatever_is_read_in_it(label):
    for behind in ([], [line("????", left=600)]):
        [box] = number_boxes([line(label, left=170, width=140), *behind], **SIZE)
        assert box.why is BoxReason.LABEL_CELL
        assert box.left <= 310
        assert box.right >= 600


def test_the_cell_of_a_number_read_in_part_is_wide_enough_for_all_of_it():
    [box] = number_boxes([line("個人番号", left=170, width=140), line("1234", left=600, width=90)], **SIZE)
    assert box.right >= 600 + 12 * 40


def test_a_cell_whose_number_is_found_is_not_proposed_again():
    assert reasons(line("個人番号", left=170, width=140), line(NUMBER)) == [BoxReason.VALID_NUMBER]


def test_a_cell_follows_a_page_that_lies_askew():
    tilt = 0.07
    label = line("個人番号", left=170, width=140, top=500, height=50, tilt=tilt)
    value = line("(読めない)", left=700, width=300, top=537, height=61, tilt=tilt)
    [box] = number_boxes([label, value], **SIZE)
    assert box.covers(type(box)(left=700, top=545, right=1000, bottom=590))


@given(
    st.lists(
        st.builds(
            line, st.text(max_size=20), left=st.integers(-50, 1700), top=st.integers(-50, 2400),
            width=st.integers(0, 900), height=st.integers(0, 90), tilt=st.floats(-0.2, 0.2),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_every_box_lies_on_its_page(lines):
    for box in number_boxes(lines, **SIZE):
        assert 0 <= box.left < box.right <= SIZE["width"]
        assert 0 <= box.top < box.bottom <= SIZE["height"]
