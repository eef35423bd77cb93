"""The board of deadlines, those of one case, files of them, and the house's health."""
