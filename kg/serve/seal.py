"""What a process that answers queries gives up before it sees one: the network, other programs, memory."""

from __future__ import annotations

import ctypes
import platform
import resource
import struct
import sys
from pathlib import Path

_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 1, 38, 22, 2
_KILL = 9
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # refused calls end with EPERM
_NUMBER, _MACHINE = 0, 4  # places in what the kernel hands to a filter
_OTHER_TABLE = 0x40000000  # calls of the x32 table, by which a filter could be passed

_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 53, 59, 322, 425)),
    "aarch64": (0xC00000B7, (198, 203, 199, 221, 281, 425)),
}
"""By machine: its mark, and socket, connect, socketpair, execve, execveat, io_uring_setup."""


def seal() -> bool:
    """End with the parent, and open no connection and no other program from now on; threads inherit it.

    Returns whether the kernel enforces it: on other systems than Linux it does not, and what keeps a query
    from calling other machines is that SERVICE is refused.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    calls = _CALLS.get(platform.machine())
    if not sys.platform.startswith("linux") or calls is None:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    end_with_parent()
    machine, numbers = calls
    steps = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _OTHER_TABLE),
        (_RETURN, 0, 0, _REFUSE),
    ]
    for number in numbers:
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _REFUSE)]
    steps.append((_RETURN, 0, 0, _ALLOW))
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    # struct sock_fprog: how many steps, and where they are
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(steps), ctypes.addressof(code)))
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_SECCOMP, _FILTER, program, 0, 0) == 0)


def end_with_parent() -> None:
    """End at once when the process ends that started this one, on systems where that can be asked for."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(_DIE_WITH_PARENT, _KILL, 0, 0, 0)


def bound_memory(more: int) -> None:
    """Let this process take so many bytes of address space more than it has now, and none beyond that."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return  # no Linux: such a limit on address space would mean little there
    most = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
