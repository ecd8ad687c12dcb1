"""The real nginx, with the configuration that operators are shown, in front of a server of a test.

Only its ports, the upstream's address and the places of certificate and key are others. It listens on loopback, and
its files lie in the test's folder; the certificate is made there, and is never kept.
"""

import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from fixtures.scenario.eventually import eventually
from tests.checkout import ROOT

SITE: Final = ROOT / "docs" / "operations" / "nginx.conf"
NAME: Final = "app.example"
WHERE: Final = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
END_S_MAX: Final = 10.0
START_S_MAX: Final = 10.0
AROUND: Final = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 512; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""
"""What Debian's own nginx.conf has around the files of conf.d, with nothing outside the folder."""
MAKE_KEY: Final = (
    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
    "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proxy:
    """An nginx that runs."""

    folder: Path
    port: int
    plain_port: int

    def connected(self, name: str = NAME, source: str = "127.0.0.1") -> ssl.SSLSocket:
        """Return a new connection with TLS from this address, on which this name was asked for."""
        context = ssl.create_default_context(cafile=self.folder / "fullchain.pem")
        connection = socket.create_connection(
            ("127.0.0.1", self.port), timeout=END_S_MAX, source_address=(source, 0)
        )
        try:
            return context.wrap_socket(connection, server_hostname=name)
        except BaseException:
            connection.close()
            raise

    def asked(self, data: bytes, quiet_s: float = END_S_MAX, source: str = "127.0.0.1") -> bytes:
        """Return all that comes back for these bytes, until the end or until nothing comes for so long."""
        received = b""
        with self.connected(source=source) as connection:
            connection.settimeout(quiet_s)
            try:
                connection.sendall(data)
                while piece := connection.recv(65_536):
                    received += piece
            except (TimeoutError, ConnectionError, ssl.SSLError):
                pass  # what came before is what there is
        return received


def program() -> str:
    """Return nginx; skip the test where there is none, but not in continuous integration of ours."""
    found = shutil.which("nginx", path=WHERE)
    if found is None and os.environ.get("CI") and os.geteuid() == 0:
        pytest.fail("there is no nginx, though `make dev` installs it for root")
    if found is None:
        pytest.skip("there is no nginx here: apt-get install nginx-light")
    return found


@contextmanager
def proxying(upstream_port: int, folder: Path) -> Iterator[Proxy]:
    """Have nginx in front of a server on this port for the block."""
    path = program()
    proxy = Proxy(folder, _free_port(), _free_port())
    keys = ("-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem"))
    subprocess.run(["openssl", *MAKE_KEY, *keys], check=True, capture_output=True, timeout=60)
    (folder / "site.conf").write_text(_moved(SITE.read_text(encoding="utf-8"), proxy, upstream_port))
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
    # A worker of a master that is root would be another user, who cannot reach the test's folder.
    user = ["-g", "user root;"] if os.geteuid() == 0 else []
    command = [
        path,
        "-p",
        str(folder),
        "-e",
        str(folder / "error.log"),
        "-c",
        str(folder / "nginx.conf"),
        *user,
    ]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False, timeout=60)
    assert checked.returncode == 0, checked.stderr
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as child:
        try:
            eventually(lambda: _listens(proxy.port), within_s=START_S_MAX, what="nginx to listen")
            yield proxy
        finally:
            child.terminate()
            child.wait(END_S_MAX)


def _moved(site: str, proxy: Proxy, upstream_port: int) -> str:
    """Return the site with this test's ports and files; nothing else of it is another."""
    for old, new, count in (
        (r"    listen \[::\]:.*\n", "", 4),
        (r"listen 443 ", f"listen 127.0.0.1:{proxy.port} ", 2),
        (r"listen 80\b", f"listen 127.0.0.1:{proxy.plain_port}", 2),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{upstream_port}", 1),
        (r"/etc/ssl/touchstone/", f"{proxy.folder}/", 2),
    ):
        site, found = re.subn(old, new, site)
        assert found == count, f"{old} stands {found} times in {SITE}, not {count}"
    return site


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
