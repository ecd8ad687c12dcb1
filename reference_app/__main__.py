"""`python -m reference_app`, the same as `reference-app`."""

import sys

import typer
from typer.main import get_command

from reference_app.articles.log.errors import FolderOwned, FolderUnusable, LogError
from reference_app.errors import AppError, DatabaseUnavailable, ServerUnreachable
from reference_app.exit_codes import ExitCode


def main() -> None:
    """Run the command line, and end with a code of `docs/exit-codes.md`."""
    # imported here so that a broken setting of the environment is reported below
    from reference_app.cli import app  # noqa: PLC0415

    try:
        code = get_command(app).main(prog_name="reference-app", standalone_mode=False)
    except typer.Abort:
        sys.exit(ExitCode.NEGATIVE)
    except (DatabaseUnavailable, ServerUnreachable, FolderOwned, FolderUnusable) as error:
        _end(str(error), ExitCode.NOT_READY)
    except LogError as error:
        _end(str(error), ExitCode.NEGATIVE)
    except AppError as error:
        _end(str(error), ExitCode.USAGE)
    except Exception as error:
        # click's own complaints about usage; anything else is a bug and shows its traceback
        if not hasattr(error, "format_message"):
            raise
        message = str(error.format_message())
        if "\n" in message:  # a command that was called with nothing shows its help
            print(message, file=sys.stderr)
            sys.exit(ExitCode.USAGE)
        _end(f"{message} Try `reference-app --help`.", ExitCode.USAGE)
    sys.exit(code if isinstance(code, int) else ExitCode.PROVEN)


def _end(message: str, code: ExitCode) -> None:
    for line in message.splitlines():
        print(f"reference-app: {line}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
