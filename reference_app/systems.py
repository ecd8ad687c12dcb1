"""The systems, one line each. Nothing else of the server or its command line names one."""

from collections.abc import Mapping
from typing import Final

from reference_app.accounts.system import ACCOUNTS
from reference_app.articles.system import ARTICLES
from reference_app.interpretations.system import INTERPRETATIONS
from reference_app.lunar_returns.system import LUNAR_RETURNS
from reference_app.product_cache.system import PRODUCT_CACHE
from reference_app.settings import Settings
from reference_app.system import System
from reference_app.task_leases.system import TASK_LEASES
from reference_app.vesting.system import VESTING

SYSTEMS: Final[tuple[System, ...]] = (
    # Requests go through all routes in this order: whose routes are asked most stands first.
    ARTICLES,
    ACCOUNTS,
    LUNAR_RETURNS,
    INTERPRETATIONS,
    VESTING,
    PRODUCT_CACHE,
    TASK_LEASES,
)


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of a server and of all systems, from the process's own environment if it is None.

    Raises:
        SettingsRefused: a value is malformed; the message names every such variable.

    """
    return Settings.load(environment, [system.settings for system in SYSTEMS])
