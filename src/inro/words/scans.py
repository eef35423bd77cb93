"""What faults of a file, doubts about a page and reasons for a box are called (8.1, 8.5)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from inro.words.rows import in_language, stanzas_of, words_of

SCANS: Mapping[str, Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "FileFault": stanzas_of("""
            empty
                中身がありません。スキャンし直してください
                It is empty: scan again
            not_a_scan
                PDF・TIFF・JPEG・PNGではありません。スキャンした画像を選んでください
                No PDF, TIFF, JPEG or PNG: choose a scan
            malformed
                壊れています。スキャンし直してください
                It is damaged: scan again
            encrypted
                暗号化されています。暗号化せずにスキャンし直してください
                It is encrypted: scan again without
            active_content
                スクリプトや添付ファイルなどを含みます。紙からスキャンし直してください
                It holds a script, a file or the like: scan the paper
            too_large
                大きすぎます。分けてスキャンしてください
                It is too large: scan in parts
            too_many_pages
                頁が多すぎます。分けてスキャンしてください
                Too many pages: scan in parts
            too_many_pixels
                画素が多すぎます。300dpiでスキャンし直してください
                Too many pixels: scan again at 300 dpi
            bomb
                展開すると異常に大きくなります。紙からスキャンし直してください
                It unpacks to an absurd size: scan the paper
            timed_out
                時間内に読めません。分けてスキャンし直してください
                Not read in time: scan again in parts
            out_of_memory
                記憶域が足りません。解像度を下げてスキャンし直してください
                Too much memory: scan again at a lower resolution
            crashed
                読取りが異常終了しました。スキャンし直してください
                Reading broke off: scan again
        """),
        "FiledBy": words_of("""
            own_code | 頁の二次元コードによる | By the page's own code
            separator | 仕切り紙による | By the separator sheet before it
        """),
        "Doubt": words_of("""
            no_code | 二次元コードも仕切り紙もありません | No code, and no separator sheet before it
            damaged_code | 二次元コードを読めません | A code cannot be read
            two_codes | 異なる二次元コードがあります | Two different codes on one page
            contradiction | 用紙の頁の続きが合いません | The pages of a form do not follow each other
        """),
        "BoxReason": words_of("""
            valid_number | 検査数字の合う12桁 | Twelve digits with the right check digit
            label_cell | 個人番号欄 | The cell of the Individual Number
            digit_run | 10桁以上の数字 | Ten digits or more
            by_hand | 担当者が指定 | Marked by a person
        """),
    }
)


def scan_words(value: StrEnum, language: str) -> str:
    """Return what a value of these enums is called in `ja` or, for anything else, in English."""
    return in_language(SCANS[type(value).__name__][value.value], language)
