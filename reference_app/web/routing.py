"""The way to a route whose path has no parameters: looked up, where the router tries one route after the other.

Each route that is tried takes a request's time, two microseconds each. All else is the router's: paths with
parameters, methods that a path does not have, and paths that nobody serves.
"""

from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send


class Direct:
    """ASGI app: the routes that are found by their path, and behind them the router."""

    def __init__(self, router: Router) -> None:
        self._router: ASGIApp = router
        routes = [route for route in router.routes if isinstance(route, Route)]
        self._found = {
            (method, route.path): route
            for route in routes
            # The router takes the first that fits, which may be another one, with parameters.
            if next(each for each in routes if each.path_regex.match(route.path)) is route
            and not route.param_convertors
            for method in route.methods or ()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or what else there is."""
        route = self._found.get((scope["method"], scope["path"])) if scope["type"] == "http" else None
        if route is None or scope.get("root_path"):
            await self._router(scope, receive, send)
            return
        scope["route"] = route
        scope["endpoint"] = route.endpoint
        scope["path_params"] = {}
        await route.app(scope, receive, send)
