"""Pages of letters, deficiencies, proxy recipients, and the check against anti-social forces."""
