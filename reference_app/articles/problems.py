"""Which HTTP answer each error of articles and of their event log gets."""

from collections.abc import Mapping
from typing import Final

from reference_app.articles.errors import (
    LogReplaying,
    LogUnreadable,
    NoSuchArticle,
    SingleOwner,
    StaleVersion,
)
from reference_app.articles.log.errors import CommandTooBig, LogBusy, LogClosed, LogFull, LogPoisoned
from reference_app.errors import AppError
from reference_app.web.problem import Problem

PROBLEMS: Final[Mapping[type[AppError], Problem]] = {
    NoSuchArticle: Problem(404, "no-such-article"),
    StaleVersion: Problem(412, "stale-version"),
    CommandTooBig: Problem(413, "too-much-at-once"),
    LogReplaying: Problem(503, "log-replaying", retry_after_s=1),
    LogUnreadable: Problem(503, "log-unreadable", retry_after_s=5),
    LogPoisoned: Problem(503, "log-failed", retry_after_s=30),
    LogBusy: Problem(503, "log-busy", retry_after_s=1),
    LogClosed: Problem(503, "log-closed", retry_after_s=1),
    SingleOwner: Problem(503, "articles-single-owner", retry_after_s=60),
    LogFull: Problem(507, "log-full", retry_after_s=5),
}
