"""How notices travel and when they count as arrived (43, 23.1, 24.2)."""

from enum import StrEnum


class Channel(StrEnum):
    """The ways a notice travels; the telephone only where the terms name it (24.2, 43)."""

    POST = "post"
    FAX = "fax"
    EMAIL = "email"
    WEB = "web"
    TELEPHONE = "telephone"
