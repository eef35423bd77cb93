"""Offline: the CA key, its custodians and the officers' roster."""
