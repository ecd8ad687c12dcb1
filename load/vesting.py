"""Vesting under load: `LOAD_ADMIN_TOKEN=… locust -f load/vesting.py --host URL --case rest`.

It makes people, and deletes them afterwards. To fill their wallets it needs the token of an administrator, in
LOAD_ADMIN_TOKEN, unless the server is in development; nothing that is there already is released.
"""

from load.cases import Case, profile
from load.senders.vesting import Depositor, Funder, Releaser, TimelineReader, TransactionReader, WalletReader

profile(
    "vesting",
    {
        "readers": Case(
            "requests that move no money, each at a fixed rate",
            {WalletReader: 1, TransactionReader: 1, TimelineReader: 1},
        ),
        "rest": Case(
            "every request, each at a fixed rate",
            {
                Funder: 1,
                Depositor: 1,
                Releaser: 1,
                WalletReader: 1,
                TransactionReader: 1,
                TimelineReader: 1,
            },
        ),
    },
    usual="readers",
)
