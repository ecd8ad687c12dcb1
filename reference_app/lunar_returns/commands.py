"""The command line of lunar returns: `check-lunar-concurrency`, and `lunar-returns duplicates`.

What they print is for a person; what they end with is for a script (`docs/exit-codes.md`).
"""

import os
from typing import Annotated

import typer

from reference_app.commandline import DatabaseOption, DataDirOption, open_settings, say_table
from reference_app.errors import SettingsRefused
from reference_app.escaping import printable
from reference_app.exit_codes import ExitCode
from reference_app.lunar_returns import concurrency_check
from reference_app.lunar_returns.concurrency_check import CONCURRENT_MAX, Check, Verdict
from reference_app.lunar_returns.settings import DEV_DELAY_MS_MAX

PASSWORD_VARIABLE = "CHECK_PASSWORD"  # noqa: S105 - a variable's name
RULE_LENGTH = 70

lunar_returns_commands = typer.Typer(help="Lunar returns.", no_args_is_help=True)


def add(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command("check-lunar-concurrency")(check)
    app.add_typer(lunar_returns_commands, name="lunar-returns")


def check(
    dev_user_id: Annotated[str, typer.Option(help="User by the bypass; else DEV_USER_ID.")] = "",
    api_url: Annotated[str, typer.Option(help="The server to check.")] = "http://127.0.0.1:8000",
    concurrent: Annotated[int, typer.Option(min=1, max=CONCURRENT_MAX, help="Requests at once.")] = 10,
    delay_ms: Annotated[
        int | None,
        typer.Option(min=0, max=DEV_DELAY_MS_MAX, help="Lengthen the generation, in milliseconds."),
    ] = None,
    no_purge: Annotated[bool, typer.Option("--no-purge", help="Do not purge first.")] = False,
    email: Annotated[str, typer.Option(help="Log in with this address in place of the bypass.")] = "",
    password: Annotated[str, typer.Option(help=f"Its password; else {PASSWORD_VARIABLE}.")] = "",
) -> None:
    """Ask for one user's current return many times at once, twice, and say whether it was made once."""
    dev_user_id = dev_user_id or os.environ.get("DEV_USER_ID", "")
    password = password or os.environ.get(PASSWORD_VARIABLE, "")
    if not (email or dev_user_id):
        raise SettingsRefused(
            "Say which user: --dev-user-id ID (or DEV_USER_ID), or --email with --password."
        )
    if email and not password:
        raise SettingsRefused(f"--email needs --password, or {PASSWORD_VARIABLE} in the environment.")
    asked = Check(
        api_url=api_url,
        dev_user_id=dev_user_id,
        email=email,
        password=password,
        concurrent=concurrent,
        delay_ms=delay_ms,
        purge=not no_purge,
    )
    print("=" * RULE_LENGTH)
    print(f"Concurrency check of GET {concurrency_check.CURRENT}")
    print(f"server: {printable(api_url)}   requests at once: {concurrent}   delay: {_delay(delay_ms)}")
    print("=" * RULE_LENGTH, flush=True)
    verdict = concurrency_check.run(asked, lambda line: print(printable(line), flush=True))
    _show(verdict, concurrent)
    raise typer.Exit(ExitCode.PROVEN if verdict.holds else ExitCode.NEGATIVE)


@lunar_returns_commands.command("duplicates")
def list_duplicates(
    context: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="Keep the newest of each month.")] = False,
    database: DatabaseOption = None,
    data_dir: DataDirOption = None,
) -> None:
    """List the months that a user has more than one return for; exit code 1 if there are any."""
    from reference_app.lunar_returns import duplicates

    url = open_settings(context, database, data_dir).database
    found = duplicates.repair(url) if repair else duplicates.find(url)
    if not found:
        print("no duplicates: every user has at most one return a month")
        return
    rows = [
        (str(each.user_id), each.month, str(len(each.ids)), ", ".join(map(str, each.ids))) for each in found
    ]
    say_table(("user", "month", "rows", "ids, the newest last"), rows)
    if not repair:
        print(f"{len(found)} user-months have more than one return; --repair keeps the newest of each")
        raise typer.Exit(ExitCode.NEGATIVE)
    print(
        f"kept the newest of {len(found)} user-months, deleted {sum(len(each.ids) - 1 for each in found)} rows"
    )


def _delay(delay_ms: int | None) -> str:
    return "the server's" if delay_ms is None else f"{delay_ms} ms"


def _show(verdict: Verdict, concurrent: int) -> None:
    rows = []
    for name, found in (("first batch", verdict.first), ("second batch", verdict.second)):
        shown = found[: concurrency_check.PROBLEMS_SHOWN_MAX]
        more = [f"and {len(found) - len(shown)} more"] if len(found) > len(shown) else []
        rows.append((f"{name}: {concurrent} answers", _word(holds=not found), "\n".join(shown + more)))
    same = f"id {next(iter(verdict.ids))}" if verdict.same_id else f"ids {sorted(verdict.ids) or 'none'}"
    rows.append(("one return in both", _word(holds=verdict.same_id), same))
    say_table(("check", "verdict", "what was seen"), rows)
    print(f"verdict: {'SUCCESS' if verdict.holds else 'FAILURE'}")
    print("the server's log should have one lunar_returns.generation_started for it, and the others skipped")


def _word(*, holds: bool) -> str:
    return "ok" if holds else "FAILED"
