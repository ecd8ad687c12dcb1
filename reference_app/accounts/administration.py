"""What an operator does to accounts from the command line."""

import msgspec

from reference_app.accounts import password_rules, store
from reference_app.accounts.addresses import checked
from reference_app.accounts.errors import BadAddress, BadPassword, EmailTaken
from reference_app.accounts.passwords import Passwords
from reference_app.accounts.schemas import Credentials
from reference_app.accounts.settings import AccountsSettings
from reference_app.accounts.store import NewUser, User
from reference_app.clock import system_clock
from reference_app.database import migrate
from reference_app.database.engine import Database
from reference_app.database.errors import Conflict
from reference_app.errors import SettingsRefused
from reference_app.settings import Settings


def create(settings: Settings, *, email: str, password: str, admin: bool) -> User:
    """Make an account in the database of `settings`, which is migrated first.

    Raises:
        SettingsRefused: the e-mail address or the password is not acceptable.
        EmailTaken: there is an account with this address.

    """
    try:
        asked = msgspec.convert({"email": email, "password": password}, Credentials)
        address = checked(asked.email)
        chosen = password_rules.chosen(asked.password, address)
    except (msgspec.ValidationError, BadAddress, BadPassword) as error:
        raise SettingsRefused(str(error)) from None
    migrate.upgrade(settings.database)
    database = Database(settings.database, clock=system_clock, threads=1, holders=0, wait_s_max=10.0)
    passwords = Passwords(fast=settings.of(AccountsSettings).dev_fast_passwords)
    new = NewUser(address, passwords.hash_now(chosen), system_clock(), is_admin=admin)
    try:
        return database.write_now(store.add, new)
    except Conflict:
        raise EmailTaken from None
    finally:
        passwords.close()
        database.close()
