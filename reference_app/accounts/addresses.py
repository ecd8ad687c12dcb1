"""The addresses of accounts: each in its one form, and no longer than is kept."""

from reference_app.accounts.errors import BadAddress
from reference_app.accounts.tables import EMAIL_LENGTH_MAX
from reference_app.addresses import is_address, one_form


def checked(email: str) -> str:
    """Return the form under which an account has this address. Raises BadAddress."""
    address = one_form(email)
    if not is_address(address) or len(address) > EMAIL_LENGTH_MAX:
        raise BadAddress
    return address
