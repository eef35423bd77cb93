"""The chapters of the demonstration's story."""
