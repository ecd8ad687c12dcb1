"""What can be set of accounts."""

from typing import Annotated

from pydantic import Field

from reference_app.settings import SystemSettings


class AccountsSettings(SystemSettings):
    """How long a token is good. The key that signs it is the server's, for all its workers must know it."""

    token_ttl_s: Annotated[int, Field(gt=0, le=30 * 86_400)] = 86_400
    """How long a token is good, in seconds."""
