"""`policy/deficiencies.toml`: what is often deficient, in the operator's words for applicants (9.2)."""

from dataclasses import dataclass
from pathlib import Path

from inro.configuration.reading import read_toml, reading
from inro.pki.section import ProfileRefused, Section
from inro.practice.deficiency import LONGEST
from inro.practice.enclosures import PaperKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DeficiencyTemplate:
    """One frequent deficiency of a kind of paper; `label` is what the office calls it, ja and en."""

    name: str
    kind: PaperKind
    clause: str
    label: tuple[str, str]
    finding: str
    remedy: str


def load_deficiencies(file: Path) -> tuple[DeficiencyTemplate, ...]:
    """Return the templates of a file, in its order.

    Raises: ConfigurationRefused naming file and key.
    """
    raw, _ = read_toml(file)
    with reading(file):
        section = Section(raw)
        templates = tuple(_template(table) for table in section.take("templates", list))
        section.close()
        if len({one.name for one in templates}) != len(templates):
            raise ProfileRefused(path="templates.name", problem="one name twice")
    return templates


def _template(table: object) -> DeficiencyTemplate:
    section = Section(table, "templates")
    name, kind, label = section.take_text("name"), section.take_text("kind"), section.take_list("label", str)
    path = f"templates.{name}"
    if kind not in list(PaperKind):
        raise ProfileRefused(path=f"{path}.kind", problem=f"no kind of paper: {kind}")
    if len(label) != 2:
        raise ProfileRefused(path=f"{path}.label", problem="not one label in Japanese and one in English")
    texts = {part: section.take_text(part) for part in ("finding", "remedy")}
    for part, text in texts.items():
        if len(text) > LONGEST[part]:
            raise ProfileRefused(path=f"{path}.{part}", problem=f"longer than {LONGEST[part]} characters")
    made = DeficiencyTemplate(
        name=name,
        kind=PaperKind(kind),
        clause=section.take_text("clause"),
        label=(label[0], label[1]),
        **texts,
    )
    section.close()
    return made
