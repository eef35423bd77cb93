"""Hands on a keyboard: fill in a page and go on, with Tab, arrows, space and Enter alone."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

_MOST_TABS = 150
_FOCUS = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {tag: e.tagName, type: e.type || "", name: e.name || "", value: e.value || "", checked: !!e.checked,
    text: e.textContent.trim(), place: e.selectedIndex ?? -1, style: style.outlineStyle,
    width: parseFloat(style.outlineWidth), height: box.height, across: box.width,
    options: e.options ? [...e.options].map(o => o.value) : []};
}"""


@dataclass(slots=True)
class Hands:
    """Somebody without a mouse."""

    page: Page

    def go(self, words: str) -> None:
        """Tab to a button or link with these words, and press it."""
        self.answer({}, words)

    def answer(self, answers: dict[str, str], words: str) -> None:
        """Fill in the fields that come, then press what bears these words.

        Raises: AssertionError if it is not reached, or the focus is not seen on the way.
        """
        for _ in range(_MOST_TABS):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(_FOCUS)
            if focus["tag"] == "BODY":
                continue
            assert focus["style"] == "solid", focus
            assert focus["width"] >= 3, focus
            assert min(focus["height"], focus["across"]) >= 24 or focus["tag"] == "A", focus
            if focus["tag"] in ("A", "BUTTON") and focus["text"] == words:
                with self.page.expect_navigation():
                    self.page.keyboard.press("Enter")
                return
            if focus["name"] in answers:
                self._type(focus, answers[focus["name"]])
        raise AssertionError(f"{words} is not reached by keyboard on {self.page.url}")

    def _type(self, focus: dict[str, Any], answer: str) -> None:
        keyboard = self.page.keyboard
        if focus["type"] == "radio":
            self._choose(focus, answer)
        elif focus["type"] == "checkbox":
            if not focus["checked"]:
                keyboard.press("Space")
        elif focus["tag"] == "SELECT":
            for _ in range(focus["options"].index(answer) - focus["place"]):
                keyboard.press("ArrowDown")
        else:
            keyboard.press("Control+A")
            keyboard.insert_text(answer)

    def _choose(self, focus: dict[str, Any], answer: str) -> None:
        if focus["value"] == answer:
            self.page.keyboard.press("Space")
        while focus["value"] != answer:
            self.page.keyboard.press("ArrowDown")
            focus = self.page.evaluate(_FOCUS)
