"""All systems at once: `locust -f load/mixed.py --host URL`. What each of them needs, its own profile says."""

from load.cases import Case, profile
from load.senders.articles import SteadyReader
from load.senders.interpretations import StoredReader
from load.senders.lunar_returns import CurrentReader
from load.senders.product_cache import Searcher
from load.senders.vesting import WalletReader

profile(
    "mixed",
    {
        "reads": Case(
            "a read of each system, each at a fixed rate",
            {SteadyReader: 1, CurrentReader: 1, Searcher: 1, StoredReader: 1, WalletReader: 1},
        )
    },
    usual="reads",
)
