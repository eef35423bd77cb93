"""Campaigns: planned, released by another person, posted in lots, proved (2.2, 6.2, 11, 12.4, 15, 30(2))."""
