"""Servers the demonstration and the tests start on loopback, and end by their own process id."""
