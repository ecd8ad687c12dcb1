"""What can go wrong with articles; what can go wrong with their log stands in `log.errors`."""

from reference_app.errors import AppError


class ArticlesError(AppError):
    """The article cannot be given or kept."""


class NoSuchArticle(ArticlesError):
    """There is no article of this id."""


class StaleVersion(ArticlesError):
    """The article has another version by now: read it again, then retry."""


class NotOwner(ArticlesError):
    """Only its owner or an administrator changes or deletes this article."""


class ReservedType(ArticlesError):
    """A type that begins with Article is kept for what the server says of articles itself."""


class LogReplaying(ArticlesError):
    """The server is still reading its event log. Ask again in a moment."""


class LogUnreadable(ArticlesError):
    """The folder of the event log cannot be read at the moment."""


class SingleOwner(ArticlesError):
    """Articles are kept by one process, and this server has several: start one with a single worker."""
