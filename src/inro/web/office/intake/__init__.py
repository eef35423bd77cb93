"""The intake desk: scanned pages wait in the quarantine until they are filed under their cases (8.4, 8.5)."""
