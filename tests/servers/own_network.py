"""Runs a program in a network of its own, where only loopback is: vpcd listens on every interface.

own_network.py make FOLDER PROGRAM...   a new network; FOLDER appears inside as /run/pcscd
own_network.py join PID PROGRAM...      the network that process PID has
"""

import ctypes
import fcntl
import os
import socket
import struct
import sys
from pathlib import Path

_SIOCSIFFLAGS, _IFF_UP = 0x8914, 0x1
_MS_BIND, _MS_REC, _MS_PRIVATE = 0x1000, 0x4000, 0x40000


def make_network(folder: Path) -> None:
    """Leave the machine's network and mounts for new ones with `folder` at /run/pcscd."""
    user, group = os.geteuid(), os.getegid()
    flags = os.CLONE_NEWNET | os.CLONE_NEWNS
    os.unshare(flags if user == 0 else flags | os.CLONE_NEWUSER)
    if user != 0:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", _IFF_UP))
    held = os.open(folder, os.O_PATH)
    _mount("none", "/", "", _MS_REC | _MS_PRIVATE)
    _mount("tmpfs", "/run", "tmpfs", 0)
    Path("/run/pcscd").mkdir()
    _mount(f"/proc/self/fd/{held}", "/run/pcscd", "", _MS_BIND)
    os.close(held)


def join_network(pid: int) -> None:
    """Enter the network of the process `pid`."""
    if os.geteuid() != 0:
        _enter(pid, "user")
    _enter(pid, "net")


def _enter(pid: int, kind: str) -> None:
    descriptor = os.open(f"/proc/{pid}/ns/{kind}", os.O_RDONLY)
    os.setns(descriptor)
    os.close(descriptor)


def _mount(source: str, target: str, kind: str, flags: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), None):
        raise OSError(ctypes.get_errno(), f"cannot mount {source} at {target}")


if __name__ == "__main__":
    what, which, *command = sys.argv[1:]
    if what == "make":
        make_network(Path(which))
    else:
        join_network(int(which))
    os.execvp(command[0], command)
