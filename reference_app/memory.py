"""Large blocks of memory go back to the system as soon as they are free.

glibc raises the size from which a block has pages of its own to that of the largest one that was freed, up to 32
MiB. After the first body of 8 MB all others would come from a heap, which small objects keep from shrinking: a
quarter of what a server takes stayed for good. What this does not: it frees nothing that is used.
"""

import ctypes
from contextlib import suppress
from typing import Final

M_MMAP_THRESHOLD: Final = -3
"""The number by which `mallopt` knows it."""
LARGE_BYTES: Final = 1_048_576
"""Blocks from this size on have pages of their own: smaller ones come too often for it."""


def give_back_large_blocks() -> None:
    """Set it for this process, once and for all; where the C library cannot, nothing is done."""
    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
