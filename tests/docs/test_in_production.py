"""The page on production: its commands run in the page's order, and its units are such that systemd takes them."""

import re
import shlex
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest

from reference_app.__main__ import main
from reference_app.articles.log import manifest
from reference_app.articles.log.storage import LOG, FolderStorage
from reference_app.settings import Settings
from tests.checkout import ROOT
from tests.reference_app.articles.lines import SINGLE, log_of

FOLDER: Final = ROOT / "docs" / "operations"
PAGE: Final = (FOLDER / "in-production.md").read_text(encoding="utf-8")
UNITS: Final = ("touchstone.service", "touchstone-backup.service", "touchstone-backup.timer")
EXPOSURE_MAX: Final = 2.0
DATA: Final = "/var/lib/touchstone"
BACKUPS: Final = "/var/backups/touchstone"
PROGRAM: Final = "/opt/touchstone/.venv/bin/reference-app"
NUMBER: Final = re.compile(r"\d+ bytes|00\d\d_\w+")
"""What another version, or another SQLite, has otherwise."""
VERIFY_S_MAX: Final = 60.0


def _typed() -> list[tuple[str, str]]:
    """Return each command of the page that is typed as the service's user, with what stands below it."""
    found = []
    for block in re.findall(r"^```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, said = part.partition("\n")
            found.append((command, re.split(r"^# ", said, flags=re.MULTILINE)[0]))
    return found


def test_the_commands_of_the_page_say_what_stands_there(
    template: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each in its turn, on thirty events; what is moved away between two of them is moved away."""
    data, backups = tmp_path / "data", tmp_path / "backups"
    (data / "articles").mkdir(parents=True)
    Path(template.copy(tmp_path).removeprefix("sqlite:///")).rename(data / "reference-app.sqlite3")
    (data / "articles" / LOG).write_bytes(log_of(SINGLE).content)
    with closing(FolderStorage(data / "articles")) as storage:
        manifest.save(storage, 29)
    monkeypatch.setenv("DATA_DIR", str(data))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    commands = _typed()
    assert [command.split()[1] for command, _ in commands] == ["backup", "restore", "db", "log"]

    for command, shown in commands:
        if command.split()[1] == "restore":
            data.rename(tmp_path / "data.before")
        here = command.replace(DATA, str(data)).replace(BACKUPS, str(backups))
        monkeypatch.setattr(sys, "argv", shlex.split(here))
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert (ended.value.code or 0, said.err) == (0, "")
        assert NUMBER.sub("…", said.out.replace(str(backups), BACKUPS)) == NUMBER.sub("…", shown), command


def test_the_page_names_every_file_beside_it() -> None:
    """Nobody has to find them."""
    files = {path.name for path in FOLDER.iterdir() if path.suffix in {".conf", ".service", ".timer"}}

    assert files >= set(UNITS)
    assert not [name for name in files if f"]({name})" not in PAGE]


def test_bounds_of_proxy_unit_and_server_fit_together() -> None:
    """A stop is not cut short, and what the server takes nginx lets through, and no more."""
    settings, unit = Settings(), (FOLDER / "touchstone.service").read_text(encoding="utf-8")
    site = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
    found = dict(re.findall(r"^\s*(\w+)[= ]([^;\n]+);?$", unit + site, re.MULTILINE))

    assert float(found["TimeoutStopSec"]) > settings.shutdown_s_max
    assert found["client_max_body_size"] == "8m"
    assert float(found["proxy_read_timeout"].removesuffix("s")) > 30
    assert int(found["LimitNOFILE"]) > 2 * settings.connections_max


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, with the program of this checkout."""
    here = str(Path(sys.executable).with_name("reference-app"))
    for name in UNITS:
        text = (FOLDER / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(PROGRAM, here), encoding="utf-8")
    return tmp_path


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")
def test_systemd_takes_the_units(units: Path) -> None:
    """Without a word about any line."""
    done = _analyze("verify", "--recursive-errors=no", *(str(units / name) for name in UNITS))
    assert (done.returncode, done.stdout + done.stderr) == (0, "")

    wrong = units / "wrong.service"
    wrong.write_text((units / UNITS[0]).read_text().replace("UMask=0077", "UMasc=0077"), encoding="utf-8")
    assert "UMasc" in _analyze("verify", "--recursive-errors=no", str(wrong)).stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")
def test_the_server_is_exposed_to_little(units: Path) -> None:
    """By systemd's own measure."""
    done = _analyze("security", "--offline=yes", "--no-pager", str(units / UNITS[0]))
    rated = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    if rated is None:
        pytest.skip("this systemd-analyze rates no file")
    assert float(rated[1]) <= EXPOSURE_MAX


def _analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *arguments], capture_output=True, text=True, check=False, timeout=VERIFY_S_MAX
    )
