"""Articles under load: `locust -f load/articles.py --host URL --case readers`.

It needs nothing but a server. Articles are made beforehand for those who read, and deleted afterwards with all that
were written; events of a type of their own stay, since nobody can delete an event.
"""

from load.cases import Case, profile
from load.senders.articles import (
    Author,
    BatchWriter,
    EventWriter,
    Lister,
    LogReader,
    Reader,
    ReaderAmongMany,
    SteadyWriter,
    Writer,
)

profile(
    "articles",
    {
        "mixed": Case("AR-7, 100 readers and 20 writers", {Reader: 100, Writer: 20}, seconds=30),
        "crowd": Case("AR-4, 100 writers at once", {Writer: 100}),
        "writers": Case("AR-5, 32 writers", {Writer: 32}),
        "readers": Case("AR-6, 32 readers among 5,000 articles", {ReaderAmongMany: 32}),
        "steady": Case("AR-8, 500 writes a second, at a fixed rate", {SteadyWriter: 1}, seconds=60),
        "flush": Case("AR-17, 32 writers, of a server with EVENT_LOG_DURABILITY=flush", {Writer: 32}),
        "rest": Case(
            "every other request, each at a fixed rate",
            {Lister: 1, Author: 1, BatchWriter: 1, EventWriter: 1, LogReader: 1},
        ),
    },
    usual="mixed",
)
