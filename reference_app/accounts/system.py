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
    from reference_app.accounts.service import Accounts
    from reference_app.idempotency.store import bounds_of

    settings = context.settings.of(AccountsSettings)
    accounts = Accounts(
        context.database,
        context.clock,
        # Development may do without a key; its tokens then end with the process.
        secret_key=context.settings.secret_key or secrets.token_urlsafe(SECRET_BYTES_MIN),
        token_ttl_s=settings.token_ttl_s,
        keys=bounds_of(context.settings),
        fast_passwords=settings.dev_fast_passwords,
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
