"""`python -m reference_app`, the same as `reference-app`."""

import sys

import typer
from typer.main import get_command

from reference_app import folders
from reference_app.commandline import ended, have_streams
from reference_app.exit_codes import ExitCode


def main() -> None:
    """Run the command line, and end with a code of `docs/exit-codes.md`."""
    have_streams()
    folders.be_private()
    # imported here: a fault on purpose is installed between the import of this module and its run
    from reference_app.cli import app  # noqa: PLC0415
    from reference_app.systems import load_settings  # noqa: PLC0415

    try:
        code = get_command(app).main(prog_name="reference-app", standalone_mode=False, obj=load_settings)
    except typer.Abort:
        sys.exit(ExitCode.NEGATIVE)
    except Exception as error:  # noqa: BLE001 - what is none of ours is raised again
        sys.exit(ended(error))
    sys.exit(code if isinstance(code, int) else ExitCode.PROVEN)


if __name__ == "__main__":
    main()
