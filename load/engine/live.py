"""The verdict table of the run that goes on, as a page beside locust's own.

`/verdicts` at locust's web page, with a link there. It needs no script: it loads itself anew every two seconds.
"""

import logging
from collections.abc import Callable
from typing import Any, Final

from flask import request

from load.engine import page

REFRESH_S: Final = 2
PATH: Final = "/verdicts"
LINK: Final = (
    '<a href="verdicts" style="position:fixed;right:1rem;bottom:1rem;padding:.4rem 1rem;border-radius:1rem;'
    'background:#24509e;color:#fff;font:600 1rem system-ui,sans-serif;z-index:9999">Verdicts</a>'
)
"""Stands on locust's first page, which is a bundle of its own and has no place for others."""


def show_at(web_ui: Any, now: Callable[[], tuple[dict[str, Any], bool]]) -> None:
    """Add the page to locust's.

    Args:
        web_ui: locust's.
        now: returns the result as it stands, and whether the run still goes on.

    """
    base = web_ui.environment.parsed_options.web_base_path or ""

    def verdicts() -> str:
        result, is_on = now()
        return page.live(result, is_on=is_on, refresh_s=REFRESH_S)

    web_ui.app.add_url_rule(f"{base}{PATH}", "verdicts", web_ui.auth_required_if_enabled(verdicts))

    def with_link(response: Any) -> Any:
        is_first_page = request.path == f"{base}/" and response.mimetype == "text/html"
        if is_first_page and not response.direct_passthrough:
            response.set_data(response.get_data(as_text=True).replace("</body>", f"{LINK}</body>"))
        return response

    web_ui.app.after_request(with_link)
    logging.getLogger(__name__).info(
        "The verdicts of this run: http://%s:%s%s%s", web_ui.host, web_ui.port, base, PATH
    )
