"""Copies of the checkout, in which tests may run and change what they like."""

import shutil
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def copy_into(folder: Path, names: Iterable[str]) -> None:
    """Copy these files and folders of the checkout, without what was made in them."""
    for name in names:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("out", "__pycache__"))
        else:
            shutil.copyfile(source, folder / name)
