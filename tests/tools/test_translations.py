"""A catalogue that is incomplete, stale or not compiled is found."""

import polib
import pytest

from tests.tools.tree import plant
from tools.check_translations import findings

PAGE = """{% load i18n %}<h1>{% translate "Cases" %}</h1>
<p>{% blocktranslate trimmed with count=cases|length %}
  There are {{ count }}
  cases.
{% endblocktranslate %}</p>
"""
VIEWS = """from django.utils.translation import gettext as _
x = _(
    'No such '
    'case'
)
"""
CATALOGUE = {
    "Cases": "案件",
    "There are %(count)s cases.": "%(count)s 件あります。",
    "No such case": "案件がありません",
}


@pytest.fixture
def office(tmp_path):
    plant(
        tmp_path,
        {
            "src/inro/web/templates/cases.html": PAGE,
            "src/inro/web/views.py": VIEWS,
        },
    )
    write(tmp_path, CATALOGUE)
    return tmp_path


def write(office, messages, flags=()):
    folder = office / "src/inro/web/locale/ja/LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    for message, words in messages.items():
        catalogue.append(polib.POEntry(msgid=message, msgstr=words, flags=list(flags)))
    catalogue.save(str(folder / "django.po"))
    catalogue.save_as_mofile(str(folder / "django.mo"))
    return folder


def found(office):
    return [line.partition(": ")[2] for line in findings(office)]


def test_a_complete_catalogue_passes(office):
    assert found(office) == []


def test_a_message_without_an_entry_is_found(office):
    write(office, {key: words for key, words in CATALOGUE.items() if key != "Cases"})
    assert found(office) == ["no entry for 'Cases'"]


def test_an_entry_without_words_is_found(office):
    write(office, CATALOGUE | {"Cases": ""})
    assert found(office) == ["not translated: 'Cases'"]


def test_an_uncertain_entry_is_found(office):
    write(office, CATALOGUE, flags=["fuzzy"])
    assert "uncertain (fuzzy): 'Cases'" in found(office)


def test_an_unused_entry_is_found(office):
    write(office, CATALOGUE | {"Gone": "ない"})
    assert found(office) == ["not used any more: 'Gone'"]


def test_a_stale_compilation_is_found(office):
    folder = write(office, CATALOGUE)
    (folder / "django.mo").unlink()
    assert found(office) == ["django.mo is stale: msgfmt -o django.mo django.po"]


def test_a_missing_catalogue_is_found(office):
    folder = write(office, CATALOGUE)
    (folder / "django.po").unlink()
    assert found(office) == ["no django.po"]


def test_a_page_without_a_catalogue_is_found(office):
    plant(office, {"src/inro/paper/page.html": '{% translate "Lost" %}'})
    assert found(office) == ["marks messages, but no folder above it has locale/ja"]
