"""Articles over HTTP."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from reference_app.articles.errors import (
    LogReplaying,
    LogUnreadable,
    NoSuchArticle,
    NotOwner,
    ReservedType,
    SingleOwner,
    StaleVersion,
)
from reference_app.articles.keys import NOBODY, Of, Once
from reference_app.articles.log.errors import CommandTooBig, LogBusy, LogClosed, LogFull, LogPoisoned
from reference_app.articles.log.record import Event, RecordRefused
from reference_app.articles.pages import fitting
from reference_app.articles.schemas import (
    PAGE_MAX,
    Articles,
    Draft,
    Drafts,
    EventDraft,
    KeptEvent,
    LogStatus,
    Page,
)
from reference_app.articles.service import ArticleService, Fits, Writer
from reference_app.articles.settings import BATCH_PATH, ArticlesSettings
from reference_app.articles.state import Article
from reference_app.idempotency.errors import BadKey, KeyUsedOtherwise
from reference_app.idempotency.keys import KEY_IF_ANY, digest, key_of
from reference_app.web.bad_input import BadField
from reference_app.web.bodies import answer, read_json
from reference_app.web.conditions import IF_MATCH, IF_NONE_MATCH, tags_of
from reference_app.web.operations import Operation, Parameter, Who, caller_of
from reference_app.web.parameters import limit_parameter, number

ID_DIGITS_MAX: Final = 15
"""Of a longer id there is no article; and no reader of JSON would keep all its digits."""

NOT_MODIFIED: Final = {304: "The client has this version already."}
OPENING: Final = (LogReplaying, SingleOwner)
"""What every operation may be answered with."""
KEEPING: Final = (*OPENING, LogFull, LogPoisoned, LogBusy, LogClosed)
"""What every operation that writes may be answered with."""
MAKING: Final = (*KEEPING, KeyUsedOtherwise, BadKey)
"""What every operation that makes something may be answered with."""
LOOK_FIRST: Final = "Look whether it is there before you send it again."

ID: Final = Parameter("id", "path", "The article's id", {"type": "integer", "minimum": 0})
VERSION: Final = Parameter(
    IF_MATCH, "header", "The versions of which one is to be changed", {"type": "string"}
)
NO_VERSION: Final = Parameter(
    IF_NONE_MATCH, "header", "The versions that are known already", {"type": "string"}
)
AFTER: Final = Parameter("after", "query", "Articles with greater ids", {"type": "integer", "minimum": -1})
LIMIT: Final = limit_parameter(PAGE_MAX)


def operations(service: ArticleService | None, settings: ArticlesSettings) -> Sequence[Operation]:
    """Return the operations on articles and events; without a service all of them answer SingleOwner."""
    serve = _Endpoints(service, settings)
    writing: Who = "user" if settings.articles_require_auth else "anybody"
    owned = (NotOwner,) if settings.articles_require_auth else ()
    # The router goes through them in order: what is asked most stands first; but a fixed path before one with an
    # id, or a 405 would list the methods of the other path.
    return (
        Operation(
            method="POST", path="/api/articles", summary="Keep a new article", endpoint=serve.create_article,
            status=201, takes=Draft, gives=Article, parameters=(KEY_IF_ANY,), raises=(*MAKING, CommandTooBig),
            who=writing, if_unknown=LOOK_FIRST,
        ),
        Operation(
            method="GET", path="/api/articles/log", summary="What the event log holds", endpoint=serve.log_status,
            gives=LogStatus, raises=(*OPENING, LogUnreadable),
        ),
        Operation(
            method="POST", path=BATCH_PATH, summary="Keep several new articles, all or none",
            endpoint=serve.create_articles, status=201, takes=Drafts, gives=Articles, parameters=(KEY_IF_ANY,),
            raises=(*MAKING, CommandTooBig), who=writing, if_unknown=LOOK_FIRST,
        ),
        Operation(
            method="GET", path="/api/articles/{id}", summary="An article", endpoint=serve.get_article,
            gives=Article, parameters=(ID, NO_VERSION), raises=(*OPENING, NoSuchArticle, BadField),
            also=NOT_MODIFIED,
        ),
        Operation(
            method="GET", path="/api/articles", summary="The articles, in the order of their ids",
            endpoint=serve.list_articles, gives=Page, parameters=(AFTER, LIMIT), raises=(*OPENING, BadField),
        ),
        Operation(
            method="PUT", path="/api/articles/{id}", summary="Give an article another title and content",
            endpoint=serve.change_article, takes=Draft, gives=Article, parameters=(ID, VERSION, NO_VERSION),
            raises=(*KEEPING, *owned, NoSuchArticle, StaleVersion, CommandTooBig), who=writing,
            if_unknown="Read the article: its version says whether it was changed.",
        ),
        Operation(
            method="DELETE", path="/api/articles/{id}", summary="Delete an article", endpoint=serve.delete_article,
            status=204, parameters=(ID, VERSION, NO_VERSION),
            raises=(*KEEPING, *owned, NoSuchArticle, StaleVersion, BadField), who=writing,
            if_unknown="Read the article: 404 says that it is deleted.",
        ),
        Operation(
            method="POST", path="/api/events", summary="Keep an event of any other type", endpoint=serve.keep_event,
            status=201, takes=EventDraft, gives=KeptEvent, parameters=(KEY_IF_ANY,),
            raises=(*MAKING, CommandTooBig), who=writing, if_unknown=LOOK_FIRST,
        ),
    )  # fmt: skip


class _Endpoints:
    """HTTP in, HTTP out."""

    def __init__(self, service: ArticleService | None, settings: ArticlesSettings) -> None:
        self._service = service
        self._page_bytes_max = settings.articles_page_bytes_max
        self._have_owners = settings.articles_require_auth

    @property
    def _articles(self) -> ArticleService:
        if self._service is None:
            raise SingleOwner
        return self._service

    def _writer(self, request: Request) -> Writer | None:
        """Return who writes, where articles have owners."""
        if not self._have_owners:
            return None
        caller = caller_of(request)
        return Writer(caller.id, caller.is_admin)

    async def create_article(self, request: Request) -> Response:
        draft = await read_json(request, Draft)
        texts = [(draft.title, draft.content)]
        [article] = await self._articles.create(texts, self._writer(request), _once(request, draft))
        return _article(article, 201)

    async def create_articles(self, request: Request) -> Response:
        drafts = await read_json(request, Drafts)
        texts = [(draft.title, draft.content) for draft in drafts.items]
        made = await self._articles.create(texts, self._writer(request), _once(request, drafts))
        return answer(Articles(made), 201)

    async def list_articles(self, request: Request) -> Response:
        after = number(request, "after", -1, -1, None)
        limit = number(request, "limit", 100, 1, PAGE_MAX)
        found, has_more = self._articles.page(after, limit)
        items = fitting(found, self._page_bytes_max)
        goes_on = has_more or len(items) < len(found)
        return answer(Page(items, items[-1].id if goes_on else None, self._articles.total()))

    async def get_article(self, request: Request) -> Response:
        article = self._articles.get(_id(request))
        known = tags_of(request, IF_NONE_MATCH)
        if known is not None and known.fit_meaning(str(article.version)):
            return Response(status_code=304, headers={"ETag": f'"{article.version}"'})
        return _article(article)

    async def change_article(self, request: Request) -> Response:
        draft = await read_json(request, Draft)
        texts = (draft.title, draft.content)
        changed = await self._articles.change(_id(request), texts, _fits(request), self._writer(request))
        return _article(changed)

    async def delete_article(self, request: Request) -> Response:
        await self._articles.delete(_id(request), _fits(request), self._writer(request))
        return Response(status_code=204)

    async def keep_event(self, request: Request) -> Response:
        draft = await read_json(request, EventDraft)
        try:
            record = await self._articles.keep(
                Event(draft.type, draft.entity_id, draft.data), _once(request, draft)
            )
        except ReservedType as error:
            raise BadField("type", str(error)) from None
        except RecordRefused as error:
            raise BadField("data", str(error)) from None
        return answer(KeptEvent.of(record), 201)

    async def log_status(self, _request: Request) -> Response:
        return answer(LogStatus(**await self._articles.status()))


def _article(article: Article, status: int = 200) -> Response:
    response = answer(article, status)
    response.raw_headers.append((b"etag", b'"%d"' % article.version))
    return response


def _once(request: Request, body: Struct) -> Once | None:
    """Return the request's key, if it has one. Raises BadKey."""
    key = key_of(request)
    if key is None:
        return None
    user: int = request.state.user.id if hasattr(request.state, "user") else NOBODY
    return Once(Of(user, request.scope["route"].path, key), digest(body))


def _id(request: Request) -> int:
    found = str(request.path_params["id"])
    if not (found.isascii() and found.isdecimal() and len(found) <= ID_DIGITS_MAX):
        raise NoSuchArticle
    return int(found)


def _fits(request: Request) -> Fits | None:
    """Return which version may be changed, as the client's conditions have it; None for whichever there is."""
    wanted, unwanted = tags_of(request, IF_MATCH), tags_of(request, IF_NONE_MATCH)
    if wanted is None and unwanted is None:
        return None

    def fits(version: int) -> bool:
        tag = str(version)
        return (wanted is None or wanted.fit_bytes(tag)) and not (unwanted and unwanted.fit_meaning(tag))

    return fits
