"""Articles under load: `locust -f load/articles.py --host URL --case readers`."""

from load.cases import Case, profile
from load.senders.articles import Reader, Writer

profile(
    "articles",
    {
        "mixed": Case("AR-7: 100 readers and 20 writers", {Reader: 100, Writer: 20}, seconds=30),
        "writers": Case("AR-5: 32 writers", {Writer: 32}),
    },
    usual="mixed",
)
