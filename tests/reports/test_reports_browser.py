import contextlib
import functools
import http.server
import json
import os
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reports import page
from reports.results import Results

Document = dict[str, Any]
CHROMIUM = shutil.which("chromium")
CHROMIUM_TIMEOUT_S = 120
WIDTHS_PX = (320, 360, 768, 1440)
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=10000",
    "--dump-dom",
]
MEASURE = """<body><script>
onload = () => {
  const wide = [...document.querySelectorAll("iframe")].map(frame => {
    const root = frame.contentDocument.documentElement;
    const hidden = frame.contentDocument.querySelectorAll("details:not([open])").length;
    return [root.clientWidth, root.scrollWidth, hidden];
  });
  document.body.innerHTML = "<p>measured " + JSON.stringify(wide) + "</p>";
};
</script>"""

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A handler that keeps its requests to itself."""

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def dumped(address: str, profile: Path) -> str:
    """Return the document that Chromium ends up with, and leave no process behind."""
    command = [str(CHROMIUM), *QUIET, f"--user-data-dir={profile}", address]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        return process.communicate(timeout=CHROMIUM_TIMEOUT_S)[0].decode()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_nothing_scrolls_sideways_at_any_width(
    read: Callable[[Document], Results], sample: Document, tmp_path: Path
) -> None:
    """With everything opened and very long words, the page is as wide as the screen and no wider."""
    failed = sample["scenarios"][3]
    failed["name"] += " " + "W" * 300
    failed["exchanges"][0]["request"]["url"] += "/" + "u" * 500
    failed["evidence"][0]["headings"] = ["h" * 90, "answers"]
    sample["requirements"][0]["words"]["en"] += " " + "Wortungetüm" * 30
    sample["errors"][0]["where"] = "w" * 300
    page_text = re.sub(r"<details\b", "<details open", page.render(read(sample)))
    (tmp_path / "open.html").write_text(page_text, encoding="utf-8")
    frames = "".join(
        f'<iframe src="open.html" style="width:{width}px;height:900px;border:0"></iframe>'
        for width in WIDTHS_PX
    )
    (tmp_path / "measure.html").write_text(MEASURE + frames, encoding="utf-8")
    with served(tmp_path) as address:
        document = dumped(f"{address}/measure.html", tmp_path / "profile")
    found = re.search(r"<p>measured (\[.*?\])</p>", document)
    assert found is not None, document[:500]
    measured = json.loads(found.group(1))
    assert len(WIDTHS_PX) == len(measured)
    for client_px, scroll_px, closed in measured:
        assert (client_px, 0) == (scroll_px, closed)
