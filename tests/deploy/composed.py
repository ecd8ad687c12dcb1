"""What the compose files say, once the second of them is laid over the first."""

from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

from tests.checkout import ROOT

COMPOSE: Final = ROOT / "compose.yaml"
WITHOUT_JOB: Final = ROOT / "compose.no-job.yaml"
JOB: Final = "vesting-job"


def read(path: Path) -> dict[str, Any]:
    """Return what a compose file holds."""
    return dict(YAML(typ="safe").load(path.read_text(encoding="utf-8")))


def services(*files: Path) -> dict[str, dict[str, Any]]:
    """Return the services of these files by name, each later file laid over those before it."""
    found: dict[str, dict[str, Any]] = {}
    for path in files:
        for name, service in read(path)["services"].items():
            found[name] = {**found.get(name, {}), **service}
    return found


def started(*files: Path) -> set[str]:
    """Return the services that `docker compose up` starts: those without a profile."""
    return {name for name, service in services(*files).items() if not service.get("profiles")}
