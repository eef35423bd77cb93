"""The operator's words for every notice: whole, or refused by file and key (2.2, 6.2, 9.2, 22.2, 43)."""

import shutil
from pathlib import Path

import pytest

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.notice_words import WORDED, load_notice_words
from inro.practice.notices import NoticeKind
from inro.practice.sheet_shapes import SHAPES
from inro.practice.sheet_words import Run, Sheet, SheetWords, Style, plain

NOTICES = Path("policy/notices")
TEMPLATES = Path("src/inro/paper/templates")


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(NOTICES, tmp_path / "notices"))


def changed(folder: Path, kind: NoticeKind, old: str, new: str) -> Path:
    file = folder / f"{kind}.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return file


def test_every_kind_that_is_printed_or_sent_has_words():
    words = load_notice_words(NOTICES)
    assert words.keys() == WORDED | SHAPES.keys()
    for kind, shapes in SHAPES.items():
        assert words[kind].sheets.keys() == shapes.keys()


@pytest.mark.parametrize(
    ("kind", "old", "new", "says"),
    [
        (NoticeKind.RECEIPT_REMINDER, "{revocation_on}", "{doomsday}", "{doomsday} is filled by nothing"),
        (NoticeKind.RECEIPT_REMINDER, "*実印*", "*実印", "opening: a star without its other one"),
        (NoticeKind.RECEIPT_REMINDER, 'due_on = "受領', 'due = "受領', "rows.due: printed nowhere"),
        (NoticeKind.REVOCATION, 'ground = "約款{clause}"\n', "", "named.ground: missing"),
        (NoticeKind.REVOCATION, '"約款{clause}"', '"約款{clause!r}"', "is filled by nothing"),
        (NoticeKind.REVOCATION, '"約款{clause}"', '"約款{clause"', "is filled by nothing"),
        (NoticeKind.DEFICIENCY, '[reply]\nsubject = "再　提　出　票"', "[reply]", "reply.subject: missing"),
        (NoticeKind.TERMS_CHANGE, "[announcement]", "[announcements]", "announcement.subject: missing"),
        (NoticeKind.REJECTION, "[letter]", 'text = ""\n[letter]', "text: unknown key"),
    ],
)
def test_words_that_cannot_be_printed_are_refused_by_file_and_key(folder, kind, old, new, says):
    file = changed(folder, kind, old, new)
    with pytest.raises(ConfigurationRefused) as refused:
        load_notice_words(folder)
    assert file.name in str(refused.value)
    assert says in str(refused.value)


def test_a_kind_without_words_keeps_everything_from_starting(folder):
    (folder / "rejection.toml").unlink()
    with pytest.raises(ConfigurationRefused, match="no words for this notice"):
        load_notice_words(folder)


def test_one_sentence_is_changed_in_one_file_and_its_hash_tells(folder):
    before = load_notice_words(NOTICES)
    changed(folder, NoticeKind.EXPIRY, "契約は有効期間の満了とともに終わり", "契約は満了とともに終わり")
    after = load_notice_words(folder)
    assert [kind for kind in before if before[kind].sha256 != after[kind].sha256] == [NoticeKind.EXPIRY]


def test_what_fills_a_gap_is_never_read_for_gaps_or_stress():
    words = SheetWords(subject="結果", opening=("理由は*次*のとおり：{reason}。", "{remark}"))
    filled = words.filled({"reason": "*{name}*", "name": "見本"})
    [passage] = filled.opening
    assert passage == (
        Run(text="理由は"),
        Run(text="次", style=Style.STRONG),
        Run(text="のとおり："),
        Run(text="*{name}*", style=Style.VALUE),
        Run(text="。"),
    )
    assert plain(passage) == "理由は次のとおり：*{name}*。"


@pytest.mark.parametrize("sheet", ["letter", "deficiency", "reply", "reply-sheet", "announcement", "invoice"])
def test_the_layout_says_nothing_itself(sheet):
    lines = (TEMPLATES / f"{sheet}.typ").read_text("utf-8").splitlines()
    of_the_head = ("電話",)
    for line in lines:
        shown = "".join(c for c in line if "\u3041" <= c <= "\u9fff")
        assert shown == "" or shown in of_the_head, line


def test_a_reply_sheet_has_words_of_its_own():
    sheet = load_notice_words(NOTICES)[NoticeKind.DEFICIENCY].sheets[Sheet.REPLY]
    assert list(sheet.rows) == ["application", "addressee", "due", "letter"]
