"""Lines of a list as a CSV file: streamed, harmless in a spreadsheet, in UTF-8 or CP932 (40(7))."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponse
from django.http.response import StreamingHttpResponse
from django.utils.translation import get_language, override

from inro.japanese.folding import SIGNS
from inro.practice.export import Charset

# What CP932 lacks is written as this sign, and said beside it by its code points.
SUBSTITUTE = "〓"
_ENCODINGS = {Charset.UTF_8: "utf-8", Charset.CP932: "cp932"}
_MEDIA_TYPES = {
    Charset.UTF_8: "text/csv; charset=utf-8",
    Charset.CP932: "text/csv; charset=windows-31j",
}
_MARKS = {Charset.UTF_8: b"\xef\xbb\xbf", Charset.CP932: b""}
# A cell that begins so is a formula to one spreadsheet or another; full-width signs are to some.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
# Of two code points for one sign CP932 has the one on the left.
_MICROSOFT = str.maketrans({jis: microsoft for microsoft, jis in SIGNS.items() if len(microsoft) == 1})


class _Line:
    """What `csv.writer` writes into: it gives each line back."""

    def write(self, text: str) -> str:
        return text


def csv_lines(
    *, head: Sequence[str], rows: Iterable[Sequence[str]], charset: Charset, substituted: str = ""
) -> Iterator[bytes]:
    """Yield a file line by line; `substituted` heads a last column that names the characters replaced."""
    writer = csv.writer(_Line(), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    yield _MARKS[charset]
    yield _encoded(writer.writerow([*head, substituted] if substituted else head), charset)
    for row in rows:
        cells = [_cell(text, charset) for text in row]
        lost = "".join(dict.fromkeys(sign for _, signs in cells for sign in signs))
        texts = [text for text, _ in cells]
        if substituted:
            texts.append(" ".join(f"U+{ord(sign):04X}" for sign in lost))
        yield _encoded(writer.writerow(texts), charset)


def csv_answer(lines: Iterable[bytes], *, charset: Charset, name: str) -> HttpResponse:
    """Return the answer that sends a file as it is made."""
    told = _in_language(lines, get_language() or "ja")
    answer = StreamingHttpResponse(told, content_type=_MEDIA_TYPES[charset])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    # What pages are wrapped in touches headers alone, which both kinds of answer have.
    return answer  # type: ignore[return-value]


def _in_language(lines: Iterable[bytes], language: str) -> Iterator[bytes]:
    """Make each line in the visitor's language: the answer leaves after the request has let go of it."""
    made = iter(lines)
    while True:
        with override(language):
            line = next(made, None)
        if line is None:
            return
        yield line


def _cell(text: str, charset: Charset) -> tuple[str, str]:
    """Return a cell that is no formula, and the characters of it that the file's characters lack."""
    safe = f"'{text}" if text.startswith(_FORMULA) else text
    if charset is Charset.UTF_8:
        return safe, ""
    known = safe.translate(_MICROSOFT)
    lost = "".join(sign for sign in known if not _is_known(sign))
    return "".join(SUBSTITUTE if sign in lost else sign for sign in known), lost


def _is_known(sign: str) -> bool:
    try:
        sign.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def _encoded(line: str, charset: Charset) -> bytes:
    return line.encode(_ENCODINGS[charset])
