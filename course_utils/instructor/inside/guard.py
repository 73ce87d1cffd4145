"""System calls that a submission's process may not make: a seccomp filter, which children inherit.

The kernel's own walls (users, namespaces, limits) leave ways to memory that no limit counts, to
what outlives a process, and to the warm process, which has the same user. Refused are

- memory and messages without an owner: memfd, System V and POSIX queues, keyrings, io_uring
- signals, limits and priorities of other processes; tracing, and reading their memory
- new user namespaces, mounts, kernel interfaces that no answer needs
- sockets other than Unix and internet ones; the latter reach nobody
"""

import ctypes
import errno
import os
import platform
import struct

# Numbers on x86_64 and aarch64; from 424 on they are the same everywhere.
REFUSED = {
    **{"memfd_create": (319, 279), "memfd_secret": (447, 447), "userfaultfd": (323, 282)},
    **{"shmget": (29, 194), "semget": (64, 190), "msgget": (68, 186), "mq_open": (240, 180)},
    **{"add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219)},
    **{"io_uring_setup": (425, 425), "perf_event_open": (298, 241), "bpf": (321, 280)},
    **{"tkill": (200, 130), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240)},
    **{"pidfd_send_signal": (424, 424), "pidfd_getfd": (438, 438), "process_madvise": (440, 440)},
    **{"ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271)},
    **{"setpriority": (141, 140), "ioprio_set": (251, 30), "sched_setattr": (314, 274)},
    **{"sched_setscheduler": (144, 119), "sched_setparam": (142, 118), "syslog": (103, 116)},
    **{"migrate_pages": (256, 238), "move_pages": (279, 239), "kcmp": (312, 272)},
    **{"unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "fsopen": (430, 430)},
    **{"open_tree": (428, 428), "fanotify_init": (300, 262)},
}
OWN = {"kill": (62, 129), "tgkill": (234, 131), "prlimit": (302, 261), "affinity": (203, 122)}
"""Allowed if the first argument is 0 or the process itself."""
CLONE, CLONE3, SOCKET = (56, 220), (435, 435), (41, 198)
NEW_USER = 0x10000000
FAMILIES = (1, 2, 10)
"""AF_UNIX, AF_INET, AF_INET6."""
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Which of the numbers, and how the kernel calls the architecture."""

LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, ERROR = 0x7FFF0000, 0x00050000
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
"""Where they lie in what the kernel shows to a filter."""
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, MODE_FILTER = 22, 38, 2


def close_in() -> None:
    """From now on, for this process and its children; OSError if the kernel cannot."""
    code = b"".join(
        struct.pack("=HBBI", *line) for line in program(platform.machine(), os.getpid())
    )
    lines = ctypes.create_string_buffer(code, len(code))
    whole = struct.pack("@HP", len(code) // 8, ctypes.addressof(lines))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.c_char_p(whole), 0, 0):
        raise OSError(ctypes.get_errno(), "no seccomp")


def program(machine: str, pid: int) -> list[tuple[int, int, int, int]]:
    """Lines of (operation, lines to skip if it holds, lines to skip if not, value)."""
    which, architecture = MACHINES[machine]
    refuse = (RETURN, 0, 0, ERROR | errno.EPERM)
    allow = (RETURN, 0, 0, ALLOW)
    lines = [(LOAD, 0, 0, ARCHITECTURE), (EQUAL, 1, 0, architecture), refuse, (LOAD, 0, 0, NUMBER)]
    lines += [(AT_LEAST, 0, 1, 0x40000000), refuse]  # the same calls by other numbers
    for numbers in REFUSED.values():
        lines += [(EQUAL, 0, 1, numbers[which]), refuse]
    lines += [
        (EQUAL, 0, 1, CLONE3[which]),
        (RETURN, 0, 0, ERROR | errno.ENOSYS),
    ]  # so clone is used
    lines += [(EQUAL, 0, 4, CLONE[which]), (LOAD, 0, 0, FIRST_ARGUMENT)]
    lines += [(ANY_BIT, 0, 1, NEW_USER), refuse, allow]
    only = [(numbers, (0, pid)) for numbers in OWN.values()] + [(SOCKET, FAMILIES)]
    for numbers, values in only:
        lines += [(EQUAL, 0, 2 * len(values) + 2, numbers[which]), (LOAD, 0, 0, FIRST_ARGUMENT)]
        for value in values:
            lines += [(EQUAL, 0, 1, value), allow]
        lines += [refuse]
    return [*lines, allow]
