"""A real Chromium that opens report pages in frames without scripts and says what it measured in them.

The page that measures is ours and has a script; the frames are sandboxed, so in them no script can run. Chromium
and server are gone when `measured` returns.
"""

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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium")
CHROMIUM_S_MAX = 120
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=10000",
    "--dump-dom",
]
MEASURE = """<!DOCTYPE html><html><body><script>
const measure = frame => { const page = frame.contentDocument, view = frame.contentWindow; %s };
onload = () => {
  let found;
  try { found = [...document.querySelectorAll("iframe")].map(measure); } catch (error) { found = String(error); }
  const said = document.createElement("pre");
  said.textContent = "measured " + JSON.stringify(found) + " end";
  document.body.replaceChildren(said);
};
</script>"""


class Recorder(http.server.SimpleHTTPRequestHandler):
    """A handler that notes what was asked for, and keeps it to itself."""

    asked: list[str]

    def __init__(self, *arguments: Any, asked: list[str], **more: Any) -> None:
        self.asked = asked
        super().__init__(*arguments, **more)

    def log_message(self, *arguments: object) -> None:  # noqa: ARG002 - the words of the base class are not needed
        """Note the path, and print nothing."""
        self.asked.append(self.path)


def measured(
    page: str, folder: Path, script: str, *, widths_px: tuple[int, ...], schemes: tuple[str, ...] = ("light",)
) -> tuple[Any, list[str]]:
    """Return what `script` returns of each frame, light ones first, and the paths that were asked for.

    `script` is the body of a function of `frame`, `page` (its document) and `view` (its window).
    """
    (folder / "report.html").write_text(page, encoding="utf-8")
    frames = "".join(
        f'<iframe src="report.html" sandbox="allow-same-origin" data-scheme="{scheme}"'
        f' style="width:{width}px;height:900px;border:0;color-scheme:{scheme}"></iframe>'
        for scheme in schemes
        for width in widths_px
    )
    (folder / "measure.html").write_text(MEASURE % script + frames, encoding="utf-8")
    asked: list[str] = []
    with _served(folder, asked) as address:
        document = _dumped(f"{address}/measure.html", folder / "profile")
    found = re.search(r"measured (.*) end</pre>", document, flags=re.DOTALL)
    assert found is not None, document[:500]
    plain = found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return json.loads(plain), asked


@contextlib.contextmanager
def _served(folder: Path, asked: list[str]) -> Iterator[str]:
    handler = functools.partial(Recorder, directory=str(folder), asked=asked)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def _dumped(address: str, profile: Path) -> str:
    """Return the document that Chromium ends up with, and leave no process behind."""
    command = [str(CHROMIUM), *QUIET, f"--user-data-dir={profile}", address]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        return process.communicate(timeout=CHROMIUM_S_MAX)[0].decode()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
