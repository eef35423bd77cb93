"""One step's questions: fields in groups, replaced characters beside them, errors with a way out (8.12)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext

from inro.japanese.number_detector import holds_forbidden_number
from inro.practice.editions import Terms
from inro.practice.stated import StatedReplacement
from inro.practice.wizard import Choices
from inro.web.public.wizard.fields import Words
from inro.web.public.wizard.replaced import Panel, Replaced

# More than any honest answer, and little enough for a row.
MOST_OF_A_STEP = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a step's questions depend on: the answers of the first step, the day, the terms in force."""

    on: date
    terms: Terms
    choices: Choices | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that stand together as on the paper; `lookup` is an address to find by its postal code."""

    title: Words = ""
    names: tuple[str, ...]
    hint: Words = ""
    two: bool = False
    panel: str = ""
    lookup: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A field as the page shows it; `read_as` is how its text was read where it was mended."""

    bound: BoundField
    kind: str
    required: bool
    errors: tuple[str, ...]
    read_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A character and what stands for it, with the table's words; empty where the applicant decides."""

    original: str
    printed: str
    source: str
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPanel:
    """The replacements under a group of questions."""

    key: str
    pairs: tuple[Pair, ...]
    consent: Question | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGroup:
    """A group with its questions and replacements."""

    group: Group
    questions: tuple[Question, ...]
    panel: ShownPanel | None
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Wrong:
    """One line of the summary of errors, with the id of its field."""

    anchor: str
    words: str


class StepForm(forms.Form):
    """A step's answers read from what was typed; `told` says whether errors are shown yet."""

    use_required_attribute = False
    replaced: tuple[Replaced, ...] = ()

    def __init__(self, answers: Mapping[str, str], *, asking: Asking, told: bool) -> None:
        super().__init__(
            data=dict(answers) if told else None, initial=dict(answers), auto_id="%s", label_suffix=""
        )
        self.answers = answers
        self.asking = asking
        self.fields |= self.questions()
        self.panels = {of.key: self._panel(of) for of in self.replaced_now()}
        for panel in self.panels.values():
            self.fields |= panel.fields()

    @property
    def taken(self) -> frozenset[str]:
        """The names of fields and groups of replaced characters that the step takes from a request."""
        return frozenset(self.fields) | frozenset(self.panels)

    def questions(self) -> dict[str, forms.Field]:
        """Return the step's fields, in order."""
        return {}

    def groups(self) -> tuple[Group, ...]:
        """Return how the fields stand together."""
        return ()

    def replaced_now(self) -> tuple[Replaced, ...]:
        """Return which texts may be replaced."""
        return self.replaced

    def notes(self, group: Group) -> tuple[str, ...]:  # noqa: ARG002 - a step overrides it
        """Return what is to be said under a group, without stopping the applicant."""
        return ()

    def rows(self) -> Iterator[tuple[Words, str, str]]:
        """Yield label, value and field of each answer, as the last page repeats them."""
        for group in self.groups():
            for name in group.names:
                its: Any = self.fields[name]
                shown = its.show(self.cleaned_data.get(name))
                if shown:
                    yield its.label, shown, name

    def stated_replacements(self) -> tuple[StatedReplacement, ...]:
        """Return every replacement of the step."""
        return tuple(one for panel in self.panels.values() for one in panel.stated())

    def tell_forbidden(self, names: Iterable[str]) -> None:
        """Say of these fields that they held an Individual Number, which is kept nowhere (8.5)."""
        for name in names:
            if name in self.fields:
                words = gettext(
                    "%(label)s seems to hold an Individual Number (My Number), which must not be entered."
                    " Write it without the number; what you typed here was not saved."
                )
                self.errors[name] = self.error_class([words % {"label": self.fields[name].label}])

    def shown(self) -> tuple[ShownGroup, ...]:
        """Return what the page shows."""
        return tuple(
            ShownGroup(
                group=group,
                questions=tuple(self._question(name) for name in group.names),
                panel=self._shown_panel(self.panels.get(group.panel)),
                notes=self.notes(group),
            )
            for group in self.groups()
        )

    def wrong(self) -> list[Wrong]:
        """Return the errors in the order of the page."""
        order = list(self.fields)
        found = sorted(self.errors.items(), key=lambda item: order.index(item[0]))
        return [
            Wrong(anchor=self[name].id_for_label or name, words=str(words))
            for name, several in found
            for words in several
        ]

    def text(self, name: str) -> str:
        """Return a field's value once the form is valid: in the certificate's characters where replaced."""
        for panel in self.panels.values():
            if name in panel.texts:
                return panel.printed(name)
        return str(self.cleaned_data.get(name, ""))

    def readable(self, name: str) -> str:
        """Return a field's value if what was typed can be read, else nothing."""
        found = self.fields.get(name)
        if found is None:
            return ""
        try:
            return str(found.clean(self.answers.get(name)))
        except ValidationError:
            return ""

    def _post_clean(self) -> None:
        """Ask for the katakana of a character for which it was chosen (8.10)."""
        for panel in self.panels.values():
            for unit in panel.asked:
                names = [name for name in panel.names_of(unit) if name in self.fields]
                if not panel.decided[unit.original] and not self.errors.keys() & set(names):
                    words = gettext("Enter %(label)s.")
                    self.add_error(names[-1], words % {"label": self.fields[names[-1]].label})

    def _panel(self, of: Replaced) -> Panel:
        texts = {name: self.readable(name) for name in of.names}
        return Panel(of=of, texts=texts, answers=self.answers)

    def _question(self, name: str) -> Question:
        bound, its = self[name], self.fields[name]
        return Question(
            bound=bound,
            kind=getattr(its, "kind", "text"),
            required=its.required and not getattr(its, "ignored", False),
            errors=tuple(str(words) for words in self.errors.get(name, ())),
            read_as=self._read_as(name),
        )

    def _read_as(self, name: str) -> str:
        its: Any = self.fields[name]
        typed = self.answers.get(name, "").strip()
        if not typed or getattr(its, "kind", "text") not in ("text", "lines"):
            return ""
        try:
            shown = str(its.show(its.clean(typed)))
        except ValidationError:
            return ""
        return shown if shown != typed else ""

    def _shown_panel(self, panel: Panel | None) -> ShownPanel | None:
        if not panel:
            return None
        sure = [Pair(original=one.original, printed=one.replacement, source=one.source) for one in panel.sure]
        asked = [
            Pair(
                original=one.original,
                printed=panel.decided[one.original],
                source=one.source,
                questions=tuple(self._question(name) for name in panel.names_of(one) if name in self.fields),
            )
            for one in panel.asked
        ]
        consent = self._question(panel.consent_name) if panel.sure else None
        return ShownPanel(key=panel.of.key, pairs=(*sure, *asked), consent=consent)


@dataclass(slots=True, kw_only=True)
class Typed:
    """What came from the browser for one step: what may be kept, and the names of what may not (8.5)."""

    kept: dict[str, str] = field(default_factory=dict)
    forbidden: set[str] = field(default_factory=set)
    too_much: bool = False


def typed_fields(posted: Mapping[str, str], *, names: frozenset[str]) -> Typed:
    """Return a step's fields of a request, those with an Individual Number told apart (8.5)."""
    typed = Typed()
    for name, text in posted.items():
        if name not in names and name.partition("-")[0] not in names:
            continue
        if holds_forbidden_number(text):
            typed.forbidden.add(name)
        else:
            typed.kept[name] = text
    typed.too_much = sum(map(len, (*typed.kept, *typed.kept.values()))) > MOST_OF_A_STEP
    return typed
