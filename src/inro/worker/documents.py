"""Texts of editions into the web half of the repository, read back byte for byte (4(6), 10)."""

from datetime import datetime

from inro.store.reads.edition import text_to_publish
from inro.usecases.edition import record_text_published
from inro.worker.publication import Publisher, ReadBackDiffers


def publish_edition_text(*, text: int, publisher: Publisher, now: datetime) -> None:
    """Publish a text by its row id; done twice it changes nothing.

    Raises: PortError; Conflict when another worker recorded it first.
    """
    name, content = text_to_publish(text)
    web = publisher.repository.web
    if web.read_back(name) != content:
        web.publish(name, content)
    if web.read_back(name) != content:
        do = "see who else writes there; the next run publishes again"
        raise ReadBackDiffers("web repository", f"gives another {name}", do)
    record_text_published(text=text, actor=publisher.actor, now=now)
