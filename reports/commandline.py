"""What every command of the reports has in common: how a wrong call ends."""

import argparse
from typing import NoReturn

EXIT_USAGE = 64


class Parser(argparse.ArgumentParser):
    """A parser that keeps to the project's exit codes, and to one line."""

    def error(self, message: str) -> NoReturn:
        """End with 64 and the message."""
        self.exit(EXIT_USAGE, f"{self.prog}: {message} (see {self.prog} --help)\n")
