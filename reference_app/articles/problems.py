"""Which HTTP answer each error of articles and of their event log gets."""

from collections.abc import Mapping
from typing import Final

from reference_app.articles.errors import (
    LogReplaying,
    LogUnreadable,
    NoSuchArticle,
    NotOwner,
    SingleOwner,
    StaleVersion,
)
from reference_app.articles.log.errors import (
    CommandTooBig,
    LogBusy,
    LogClosed,
    LogFull,
    LogGone,
    LogGoneMeanwhile,
    LogOutcomeUnknown,
    LogPoisoned,
)
from reference_app.errors import AppError
from reference_app.idempotency.problems import PROBLEMS as OF_KEYS
from reference_app.web.problem import UNKNOWN, Problem

PROBLEMS: Final[Mapping[type[AppError], Problem]] = {
    NotOwner: Problem(
        403,
        "not-the-owner",
        when="with `ARTICLES_REQUIRE_AUTH=1`, somebody else created the article, or nobody owns it",
    ),
    NoSuchArticle: Problem(404, "no-such-article", when="there is no article of this id, or not any more"),
    StaleVersion: Problem(412, "stale-version", when="`If-Match` names another version than the article has"),
    CommandTooBig: Problem(
        413, "too-much-at-once", when="a batch, or an event, is more than is kept in one go"
    ),
    LogReplaying: Problem(503, "log-replaying", retry_after_s=1),
    LogUnreadable: Problem(
        503,
        "log-unreadable",
        retry_after_s=5,
        when="the folder of the event log cannot be listed: it is gone, or no file descriptors are left",
    ),
    LogPoisoned: Problem(
        503,
        "log-failed",
        retry_after_s=30,
        when="the disk failed while events were kept; nothing is kept until a restart"
        " ([what to do](how-to/recover-the-log.md))",
    ),
    LogGone: Problem(
        503,
        "log-gone",
        retry_after_s=30,
        when="the event log's file was moved, deleted or changed by others; nothing is kept until a restart"
        " ([what to do](how-to/recover-the-log.md#a-file-that-is-gone-while-the-server-runs))",
    ),
    LogGoneMeanwhile: Problem(
        503,
        "log-gone",
        retry_after_s=30,
        outcome=UNKNOWN,
        when="the event log's file was moved, deleted or changed while this was kept; whether it is kept is known"
        " after a restart",
    ),
    LogOutcomeUnknown: Problem(
        503,
        "log-failed",
        retry_after_s=30,
        outcome=UNKNOWN,
        when="the disk failed while this was kept; whether it is kept is known after a restart",
    ),
    **OF_KEYS,
    LogBusy: Problem(503, "log-busy", retry_after_s=1),
    LogClosed: Problem(503, "log-closed", retry_after_s=1),
    SingleOwner: Problem(
        503,
        "articles-single-owner",
        retry_after_s=60,
        when="the server has several workers, and articles are kept by one",
    ),
    LogFull: Problem(
        507, "log-full", retry_after_s=5, when="the disk is full; writes resume when there is room again"
    ),
}
