"""Lunar returns under load: `locust -f load/lunar_returns.py --host URL --case first`.

It makes people with a natal chart, and deletes them afterwards. With LOAD_TOKEN somebody who is there already
sends, and gets the chart of the load.
"""

from load.cases import Case, profile
from load.senders.lunar_returns import ChartWriter, CurrentReader, RollingReader, Stampeder

profile(
    "lunar_returns",
    {
        "rest": Case(
            "every request, each at a fixed rate", {CurrentReader: 1, RollingReader: 1, ChartWriter: 1}
        ),
        "first": Case("LR-2, 100 first requests at once, again and again", {Stampeder: 100}),
    },
    usual="rest",
)
