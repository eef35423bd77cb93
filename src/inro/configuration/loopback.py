"""Which hosts are this machine: what is secret goes there without TLS, and nowhere else."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Return whether a host's name or address never leaves this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
