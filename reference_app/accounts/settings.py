"""What can be set of accounts."""

from typing import Annotated

from pydantic import Field

from reference_app.settings import SystemSettings


class AccountsSettings(SystemSettings):
    """How long a token is good, and how passwords are hashed in development.

    The key that signs a token is the server's, for all its workers must know it.
    """

    token_ttl_s: Annotated[int, Field(gt=0, le=30 * 86_400)] = 86_400
    """How long a token is good, in seconds."""
    dev_fast_passwords_asked: bool = Field(default=False, alias="DEV_FAST_PASSWORDS")
    """`1`: hashing a password takes a millisecond in place of a tenth of a second, and protects as little."""

    @property
    def dev_fast_passwords(self) -> bool:
        """Whether new passwords are hashed quickly."""
        return self.is_development and self.dev_fast_passwords_asked
