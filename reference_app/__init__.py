"""Touchstone's reference implementation: five systems whose promises the features prove.

Runs alone and knows nothing about the harness, its features or its faults.
"""

from typing import Final

VERSION: Final = "0.1.0"
