"""People at a server, who fund, deposit and look at their wallets."""

from typing import Any, Final

import requests

from tests.reference_app.stage import Server, as_dev

FUNDING: Final = "/api/v1/wallet/funding"
WALLET: Final = "/api/v1/wallet"
TRANSACTIONS: Final = "/api/v1/transactions"
DEPOSITS: Final = "/api/v1/vaults/AVENIR/deposits"
TIMELINE: Final = "/api/v1/vaults/AVENIR/vesting/timeline"
RELEASE: Final = "/api/v1/admin/vaults/AVENIR/vesting/release"
DEV: Final = {"DEV_AUTH_BYPASS": "1"}


class Person:
    """Somebody at a server, known by the development bypass."""

    def __init__(self, server: Server, name: str) -> None:
        self._server = server
        self._headers = as_dev(name)
        self._keys = iter(range(1_000))
        self._name = name

    def post(self, path: str, body: Any, key: str | None = "") -> requests.Response:
        """Send a body; under a new key, under this one, or with None under none."""
        key = f"{self._name}-{next(self._keys)}" if key == "" else key
        headers = self._headers | ({} if key is None else {"Idempotency-Key": key})
        return self._server.ask("POST", path, json=body, headers=headers)

    def get(self, path: str, **query: Any) -> Any:
        """Return what is there."""
        found = self._server.ask("GET", path, params=query, headers=self._headers)
        assert found.status_code == 200, found.text
        return found.json()

    def funds(self, amount: str, currency: str = "AED") -> None:
        """Put money into the wallet."""
        assert self.post(FUNDING, {"amount": amount, "currency": currency}).status_code == 201

    def deposits(self, amount: str, currency: str = "AED") -> Any:
        """Lock money."""
        found = self.post(DEPOSITS, {"amount": amount, "currency": currency})
        assert found.status_code == 201, found.text
        return found.json()
