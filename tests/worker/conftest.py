"""The signer's room again: what is published was signed by it."""

from tests.signer.conftest import ca, world

__all__ = ["ca", "world"]
