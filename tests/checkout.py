"""Copies of the checkout, in which tests may run and change what they like."""

from collections.abc import Iterable
from pathlib import Path

from fixtures.sabotage.mutants import copies

ROOT = Path(__file__).resolve().parents[1]


def copy_into(folder: Path, names: Iterable[str]) -> None:
    """Copy these files and folders of the checkout, without the reports that were made in it."""
    copies.copy_into(folder, ROOT, names)
