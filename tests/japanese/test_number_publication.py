"""Published rows of Corporate Numbers: read as they are, refused with line and column (8.2)."""

from datetime import date

import pytest

from inro.japanese.number_publication import (
    COLUMNS,
    PublicationEncoding,
    RowFault,
    RowRefused,
    encoding_of,
    read_entries,
    read_row,
)
from tests import published

UTF_8, SHIFT_JIS = PublicationEncoding.UTF_8, PublicationEncoding.SHIFT_JIS


def read(octets: bytes, *, encoding: PublicationEncoding = UTF_8):
    return list(read_entries(octets.splitlines(keepends=True), encoding=encoding))


def test_a_row_is_read_as_published():
    entry = published.entry(postCode="1000005", hihyoji="1")
    assert entry.number == published.NUMBER
    assert (entry.name, entry.furigana, entry.kind) == ("印籠商事株式会社", "インロウショウジ", "301")
    assert (entry.prefecture, entry.city, entry.street) == ("東京都", "千代田区", "丸の内１丁目１番１号")
    assert (entry.updated_on, entry.changed_on) == (date(2026, 10, 1), date(2026, 9, 28))
    assert (entry.post_code, entry.hidden, entry.latest) == ("1000005", True, True)
    assert (entry.closed_on, entry.close_cause, entry.successor, entry.abroad) == (None, "", "", "")


def test_a_closed_organization_has_its_day_cause_and_successor():
    entry = published.register()[2]
    assert (entry.closed_on, entry.close_cause) == (date(2026, 10, 1), "11")
    assert entry.successor == published.SUCCESSOR
    assert entry.stands


@pytest.mark.parametrize(
    ("change", "stands"), [({}, True), ({"latest": "0"}, False), ({"process": "99"}, False)]
)
def test_an_older_row_or_a_number_taken_back_does_not_stand(change, stands):
    assert published.entry(**change).stands is stands


@pytest.mark.parametrize("encoding", PublicationEncoding)
def test_both_encodings_give_the_same_entries(encoding):
    rows = [published.fields(), published.fields(corporateNumber=published.OTHER, name="髙﨑電設㈱")]
    octets = published.csv_octets(*rows, encoding=encoding)
    assert encoding_of(octets) is encoding
    assert read(octets, encoding=encoding) == [published.entry(), read_row(rows[1], line=2)]


REFUSED = [
    ({"corporateNumber": "7" + published.NUMBER[1:]}, "corporateNumber", RowFault.CHECK_DIGIT),
    ({"corporateNumber": published.NUMBER[:-1]}, "corporateNumber", RowFault.NOT_DIGITS),
    ({"corporateNumber": "１" * 13}, "corporateNumber", RowFault.NOT_DIGITS),
    ({"corporateNumber": ""}, "corporateNumber", RowFault.NOT_DIGITS),
    ({"successorCorporateNumber": "1" * 13}, "successorCorporateNumber", RowFault.CHECK_DIGIT),
    ({"sequenceNumber": "x"}, "sequenceNumber", RowFault.NOT_DIGITS),
    ({"postCode": "100-0005"}, "postCode", RowFault.NOT_DIGITS),
    ({"process": "02"}, "process", RowFault.CODE),
    ({"correct": ""}, "correct", RowFault.CODE),
    ({"kind": "300"}, "kind", RowFault.CODE),
    ({"closeCause": "12"}, "closeCause", RowFault.CODE),
    ({"latest": ""}, "latest", RowFault.CODE),
    ({"hihyoji": ""}, "hihyoji", RowFault.CODE),
    ({"updateDate": ""}, "updateDate", RowFault.DATE),
    ({"updateDate": "20261001"}, "updateDate", RowFault.DATE),
    ({"updateDate": "2026-W01-1"}, "updateDate", RowFault.DATE),
    ({"changeDate": "2026-02-30"}, "changeDate", RowFault.DATE),
    ({"closeDate": "unknown"}, "closeDate", RowFault.DATE),
    ({"name": ""}, "name", RowFault.EMPTY),
    ({"name": "　"}, "name", RowFault.EMPTY),
    ({"name": "あ" * 2001}, "name", RowFault.TOO_LONG),
    ({"name": "印籠\x00商事"}, "name", RowFault.CHARACTER),
    ({"furigana": "イン\ufffdウ"}, "furigana", RowFault.CHARACTER),
    ({"streetNumber": "一\u2028二"}, "streetNumber", RowFault.CHARACTER),
]


@pytest.mark.parametrize(("change", "column", "fault"), REFUSED)
def test_what_is_not_as_published_is_refused_by_line_and_column(change, column, fault):
    with pytest.raises(RowRefused) as refusal:
        read_row(published.fields(**change), line=7)
    assert (refusal.value.line, refusal.value.column, refusal.value.fault) == (7, column, fault)


@pytest.mark.parametrize("count", [0, 1, 29, 31])
def test_a_row_has_thirty_columns(count):
    assert len(COLUMNS) == 30
    with pytest.raises(RowRefused) as refusal:
        read_row([*published.fields(), ""][:count], line=1)
    assert (refusal.value.column, refusal.value.fault) == ("", RowFault.COLUMNS)


@pytest.mark.parametrize(
    ("second", "fault"),
    [
        (b"\r\n", RowFault.COLUMNS),
        (b"2,1,01\r\n", RowFault.COLUMNS),
        (published.csv_octets()[:-40], RowFault.COLUMNS),
        (b'2,"open\r\n' + published.csv_octets(), RowFault.QUOTES),
        (b'2,"a"b\r\n', RowFault.QUOTES),
        (b'2,"never closed', RowFault.QUOTES),
        (published.csv_octets(encoding=SHIFT_JIS), RowFault.ENCODING),
        ("印籠".encode("utf-16"), RowFault.ENCODING),
    ],
)
def test_a_bad_line_is_named_by_its_number(second, fault):
    with pytest.raises(RowRefused) as refusal:
        read(published.csv_octets() + second)
    assert (refusal.value.line, refusal.value.fault) == (2, fault)
