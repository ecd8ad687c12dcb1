"""What can be set of accounts."""

from typing import Annotated

from pydantic import Field

from reference_app.settings import Seconds, SystemSettings


class AccountsSettings(SystemSettings):
    """How long a token is good, how many passwords may be tried, and how they are hashed in development.

    The key that signs a token is the server's, for all its workers must know it.
    """

    token_ttl_s: Annotated[int, Field(gt=0, le=30 * 86_400)] = 86_400
    """How long a token is good, in seconds."""
    passwords_waiting_max: Annotated[int, Field(ge=1, le=1_024)] = 64
    """Passwords that wait to be hashed, in each process; one more is 503. Half of them may come from one
    address of the network.
    """
    passwords_wait_s: Seconds = 5.0
    """How long a password waits to be hashed; longer is 503."""
    sign_in_account_failures: Annotated[int, Field(ge=1, le=1_000)] = 10
    """So many wrong passwords of an account cost no time; after them each doubles the seconds until the next
    attempt, which is 429 before.
    """
    sign_in_source_failures: Annotated[int, Field(ge=1, le=100_000)] = 50
    """The same of one address of the network (of IPv6: of a network of 64 bits), whichever the accounts."""
    sign_in_delay_s_max: Annotated[int, Field(ge=1, le=3_600)] = 60
    """How long an attempt is put off at most, in seconds."""
    sign_in_forget_s: Annotated[int, Field(ge=1, le=86_400)] = 900
    """After so many seconds without a wrong password none counts any more."""
    sign_in_rows_max: Annotated[int, Field(ge=100, le=10_000_000)] = 100_000
    """Accounts and addresses whose wrong passwords are counted; of more, the oldest are forgotten."""
    dev_fast_passwords_asked: bool = Field(default=False, alias="DEV_FAST_PASSWORDS")
    """`1`: hashing a password takes a millisecond in place of a tenth of a second, and protects as little."""

    @property
    def dev_fast_passwords(self) -> bool:
        """Whether new passwords are hashed quickly."""
        return self.is_development and self.dev_fast_passwords_asked
