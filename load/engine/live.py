"""The verdict table of the run that goes on, as a page beside locust's own.

`/verdicts` at locust's web page. It needs no script: it loads itself anew every two seconds.
"""

import logging
from collections.abc import Callable
from typing import Any, Final

from load.engine import page

REFRESH_S: Final = 2
PATH: Final = "/verdicts"


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
    logging.getLogger(__name__).info(
        "The verdicts of this run: http://%s:%s%s%s", web_ui.host, web_ui.port, base, PATH
    )
