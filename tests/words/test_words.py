"""Everything that a person may be told has words in both languages (9, 21, 22, 39.4)."""

import importlib
import inspect
import pkgutil
import re
import string
import sys
import tomllib
from enum import StrEnum
from pathlib import Path

import pytest

import inro
from inro.configuration.errors import ConfigurationRefused
from inro.paper.redaction import BoxReason
from inro.paper.scan.errors import FileFault
from inro.paper.scan.sorting import Doubt, FiledBy
from inro.pki.approvers import ApprovalFault
from inro.pki.assertion import AssertionFault
from inro.pki.issuer import IssuerRefused
from inro.pki.roster import RosterFault
from inro.pki.section import ProfileRefused
from inro.ports.errors import PortError
from inro.practice.acts import Act
from inro.practice.application import ApplicationAct, ApplicationState
from inro.practice.errors import Refused
from inro.practice.events import EventKind
from inro.practice.grounds import GROUNDS
from inro.practice.transitions import ActNotAllowed, Guard, GuardRefused
from inro.store import states
from inro.store.errors import Conflict, StoreError
from inro.words import grounds
from inro.words.acts import ACTS, act_words
from inro.words.check import unnamed_refusals, unnamed_states
from inro.words.clauses import clause_words
from inro.words.conditions import CONDITIONS, FAULTS
from inro.words.events import EVENTS
from inro.words.records import RECORDS, record_words
from inro.words.refusals import REFUSALS, name_of, refusal_words
from inro.words.rows import DoubledRow, words_of
from inro.words.scans import SCANS, scan_words
from inro.words.states import WORDS

SKIPPED = ("inro.settings", "inro.store.migrations")


def import_everything() -> None:
    for module in pkgutil.walk_packages(inro.__path__, "inro."):
        if not module.name.startswith(SKIPPED) and not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def below(kind: type[BaseException]) -> set[type[BaseException]]:
    return {found for child in kind.__subclasses__() for found in {child} | below(child)}


def ours() -> set[type[BaseException]]:
    import_everything()
    found = {kind for root in (Refused, PortError, StoreError) for kind in below(root)}
    found |= {PortError, StoreError, ConfigurationRefused, IssuerRefused, ProfileRefused}
    return {kind for kind in found if kind.__module__.startswith("inro.")}


def test_every_refusal_has_words():
    assert unnamed_refusals(ours()) == []


def test_no_words_are_left_over():
    assert sorted(REFUSALS.keys() - {name_of(kind) for kind in ours()}) == []


def test_a_refusal_without_words_is_found():
    class Fresh(Refused):
        """A refusal somebody has just added."""

    assert unnamed_refusals([Fresh]) == [name_of(Fresh)]


def test_every_state_of_the_record_has_words():
    enums = [
        kind for _, kind in inspect.getmembers(states, inspect.isclass) if kind.__module__ == states.__name__
    ]
    assert unnamed_states(enums) == []
    assert {kind.__name__ for kind in enums} == RECORDS.keys()


def test_a_state_without_words_is_found():
    class OrderState(StrEnum):
        FRESH = "fresh"

    assert unnamed_states([OrderState]) == ["OrderState.fresh"]


def test_everything_about_scans_has_words_and_no_more():
    enums = (FileFault, FiledBy, Doubt, BoxReason)
    assert {kind.__name__: {value.value for value in kind} for kind in enums} == {
        name: table.keys() for name, table in SCANS.items()
    }
    assert scan_words(Doubt.TWO_CODES, "ja") == "異なる二次元コードがあります"


def test_every_ground_has_words_and_no_other():
    assert grounds.GROUNDS.keys() == GROUNDS.keys()


def test_every_kind_of_event_has_words():
    assert EVENTS.keys() == set(EventKind)


def test_every_act_has_words_and_no_more():
    assert ACTS.keys() == {act.value for act in Act}
    assert act_words(Act.APPOINT_STAFF, "ja") == "任命の承認"
    assert all(act_words(act, "en").isascii() for act in Act)


def test_every_clause_has_a_name():
    terms = tomllib.loads(Path("docs/terms.toml").read_text("utf-8"))
    for clause in terms["clauses"]:
        for language in ("ja", "en"):
            assert clause_words(clause, language) != ("" if clause == "附則" else clause) or clause == "附則"
    assert clause_words("22.1(9)", "ja") == "第22条第1項第9号"
    assert clause_words("4(6)", "ja") == "第4条第6号"
    assert clause_words("22.1(9)", "en") == "Article 22(1) item 9"
    assert clause_words("F", "ja") == "別表第2号"
    assert clause_words("RFC 5280 5.3.1", "ja") == "RFC 5280 5.3.1"


@pytest.mark.parametrize("name", sorted(REFUSALS))
def test_both_languages_name_the_same_data(name):
    japanese, english = (
        {field for _, field, _, _ in string.Formatter().parse(words) if field} for words in REFUSALS[name]
    )
    assert japanese == english


def test_a_refusal_is_told_with_its_data():
    refusal = ActNotAllowed(state=ApplicationState.ACCEPTED, act=ApplicationAct.REJECT)
    told = refusal_words(refusal, "ja")
    assert told == "状態「承諾」では「不受理」はできません。いまの状態と次の手続を確かめてください"
    assert refusal_words(refusal, "en") == "In the state Accepted this is not possible: Reject"
    told = refusal_words(Conflict(what="order", detail="7"), "ja")
    assert told == "先に別の操作が行われました。最新の状態を確かめてください：order 7"


def test_every_state_and_every_move_has_words():
    import_everything()
    tables = [
        table
        for module in (sys.modules[name] for name in list(sys.modules) if name.startswith("inro.practice."))
        for name, table in vars(module).items()
        if name.endswith("TRANSITIONS")
    ]
    assert len(tables) > 10
    kinds = {type(value) for table in tables for move in table for value in move}
    assert [
        (kind.__name__, value.value) for kind in kinds for value in kind if value.value not in WORDS[kind]
    ] == []


def test_clauses_in_sentences_are_written_as_the_terms_write_them():
    catalogue = Path("src/inro/web/locale/ja/LC_MESSAGES/django.po").read_text("utf-8").splitlines()
    told = [line for line in catalogue if line.startswith("msgstr")] + [
        japanese for japanese, _ in REFUSALS.values()
    ]
    assert [text for text in told if re.search("(?<![第0-9])[0-9]+条", text)] == []


def test_what_has_no_words_is_told_as_it_is():
    assert refusal_words(ValueError("as it is"), "ja") == "as it is"


@pytest.mark.parametrize("table", ["a | b", "a | b | c\na | d | e", "a | | c"])
def test_a_table_of_another_shape_is_refused(table):
    with pytest.raises(DoubledRow):
        words_of(table)


def test_words_come_in_the_language_asked_for():
    assert record_words(states.Place.WEB, "ja") == "Webリポジトリ"
    assert record_words(states.Place.WEB, "en") == "Web repository"
    assert grounds.ground_words("21.1(3)/lost", "ja") == "カードの紛失"


def test_every_condition_of_an_act_has_words():
    import_everything()
    guards = {
        guard.name
        for module in (sys.modules[name] for name in list(sys.modules) if name.startswith("inro.practice."))
        for value in vars(module).values()
        if isinstance(value, tuple)
        for guard in value
        if isinstance(guard, Guard)
    }
    assert sorted(guards ^ CONDITIONS.keys()) == []


@pytest.mark.parametrize("faults", [AssertionFault, ApprovalFault, RosterFault])
def test_every_fault_of_an_approval_has_words(faults):
    assert {fault.value for fault in faults} <= FAULTS.keys()


def test_a_refused_condition_is_told_by_its_name():
    refusal = GuardRefused(guard="form_is_sealed", clause="8.1")
    assert "申込書に必要な押印がある" in refusal_words(refusal, "ja")
    assert "the form bears every seal it needs" in refusal_words(refusal, "en")
