"""The examination page: documents on the left, the checklist on the right (8, 9.1, 46)."""
