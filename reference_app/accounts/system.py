"""What accounts bring: operations, the people who can sign in, `reference-app user`."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from reference_app.accounts import commands
from reference_app.accounts.problems import PROBLEMS
from reference_app.accounts.settings import AccountsSettings
from reference_app.settings import SECRET_BYTES_MIN
from reference_app.system import Built, Context, System


def _build(context: Context) -> Built:
    from reference_app.accounts import routes
    from reference_app.accounts.metrics import SignInMetrics
    from reference_app.accounts.passwords import Passwords
    from reference_app.accounts.service import Accounts
    from reference_app.accounts.sign_ins import Limits, SignIns
    from reference_app.idempotency.store import bounds_of

    settings = context.settings.of(AccountsSettings)
    passwords = Passwords(
        fast=settings.dev_fast_passwords,
        waiting_max=settings.passwords_waiting_max,
        wait_s_max=settings.passwords_wait_s,
    )
    limits = Limits(
        account_failures=settings.sign_in_account_failures,
        source_failures=settings.sign_in_source_failures,
        delay_s_max=settings.sign_in_delay_s_max,
        forget_s=settings.sign_in_forget_s,
        rows_max=settings.sign_in_rows_max,
    )
    metrics = context.metrics.part(SignInMetrics)
    accounts = Accounts(
        context.database,
        context.clock,
        # Development may do without a key; its tokens then end with the process.
        secret_key=context.settings.secret_key or secrets.token_urlsafe(SECRET_BYTES_MIN),
        token_ttl_s=settings.token_ttl_s,
        keys=bounds_of(context.settings),
        passwords=passwords,
        sign_ins=SignIns(context.database, context.clock, passwords, limits, metrics),
        welcome=(context.users.welcome,),
        farewell=(context.users.farewell,),
    )

    @asynccontextmanager
    async def running() -> AsyncIterator[None]:
        try:
            yield
        finally:
            accounts.close()

    return Built(operations=routes.operations(accounts), background=running, authenticator=accounts)


ACCOUNTS = System(
    name="accounts",
    build=_build,
    settings=AccountsSettings,
    problems=PROBLEMS,
    add_commands=commands.add,
)
