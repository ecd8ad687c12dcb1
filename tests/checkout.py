"""Copies of the checkout, in which tests may run and change what they like."""

import shutil
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def copy_into(folder: Path, names: Iterable[str]) -> None:
    """Copy these files and folders of the checkout, without the reports that were made in it.

    What was compiled is copied, and not compiled once more by each run in the copy; what is being written is not.
    """
    for name in names:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("out", "*.pyc.*"))
        else:
            shutil.copyfile(source, folder / name)
