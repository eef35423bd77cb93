"""The register of notices: what left, what waits for a person, what is let go together (43)."""
