"""What the alert rules and the dashboard ask for is there: each metric, each label, each fixed value of one."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from prometheus_client.parser import text_string_to_metric_families
from ruamel.yaml import YAML

from fixtures.clients import raw
from fixtures.upstreams.behaviours import Behaviour
from reference_app.accounts.metrics import OF_ERRORS
from reference_app.background.store import FAILED, FINISHED
from reference_app.interpretations.metrics import BUCKETS_S, LEVELS
from reference_app.interpretations.texts import templates
from reference_app.upstream.metrics import OUTCOMES
from reference_app.web.holding import TOO_MANY_CONNECTIONS, TOO_MANY_WAIT, UNREAD, UNREAD_IN_ALL
from reference_app.web.problems import BODIES_TOO_MANY
from tests.checkout import ROOT
from tests.docs.interpreting import claude, interpreting
from tests.offenders import none_may_offend
from tests.reference_app.stage import as_dev

FOLDER: Final = ROOT / "docs" / "operations"
RULES: Final[dict[str, Any]] = YAML(typ="safe").load((FOLDER / "alerts.yaml").read_text(encoding="utf-8"))
DASHBOARD: Final[dict[str, Any]] = json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))
ALERTS: Final = [rule for group in RULES["groups"] for rule in group["rules"]]
BOUNDS: Final = (BODIES_TOO_MANY, TOO_MANY_WAIT, TOO_MANY_CONNECTIONS, UNREAD, UNREAD_IN_ALL)
"""What `http_refused_total` counts when a bound on all clients together is hit."""
REPORT: Final = "/api/lunar-returns/current/report"

SELECTOR: Final = re.compile(r"\b([a-z][a-z0-9_]*_[a-z0-9_]+|up)\b(?!\s*\()(?:\s*\{([^}]*)\})?")
MATCHER: Final = re.compile(r'([a-z_]+)\s*(=~|!~|!=|=)\s*"([^"]*)"')
GROUPED: Final = re.compile(r"\b(?:by|on|without)\s*\(([^)]*)\)")
RANGE: Final = re.compile(r"\[(?:\d+[smhd]|\$__rate_interval)\]")
OF_SCRAPES: Final = {"job", "instance"}
"""What Prometheus itself adds to each figure."""
OF_PROMETHEUS: Final = {"up"}

WITH_ALERTS: Final = ("docs/runbooks/interpretations.md", "docs/operations/in-production.md")
"""The pages that name each of their alerts."""
Exposed = dict[str, dict[str, set[str]]]
"""The values of each label, by the name of the figure."""


@pytest.fixture(scope="module")
def exposed(template: Any, tmp_path_factory: pytest.TempPathFactory) -> Exposed:
    """What a server shows once each level has answered, products were looked for, and a timer has run."""
    folder = tmp_path_factory.mktemp("operations")
    url = template.copy(folder)
    with (
        claude(folder) as upstream,
        interpreting(url, folder, upstream, CACHE_CLEANUP_INTERVAL_S="1") as server,
    ):
        ada, eva = as_dev("ada"), as_dev("eva")
        for _ in range(2):
            assert server.ask("POST", REPORT, json={}, headers=ada).status_code == 200
        upstream.behave(Behaviour(how="refuse", status=400))
        for lang in ("fr", "en"):
            assert server.ask("POST", REPORT, json={"lang": lang}, headers=eva).status_code == 200
        assert server.ask("GET", "/api/v1/cache/stats", headers=ada).status_code in {200, 403}
        assert raw.asked(server.base_url, "GET", "/health", [("Host", "two of them")]).status == 400
        page = server.ask("GET", "/metrics").text
    found: Exposed = {}
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            values = found.setdefault(sample.name, {})
            for label, value in sample.labels.items():
                values.setdefault(label, set()).add(value)
    return found


def _panels() -> Iterator[dict[str, Any]]:
    yield from DASHBOARD["panels"]


def _expressions() -> Iterator[tuple[str, str]]:
    """Yield each expression, with where it stands."""
    for rule in ALERTS:
        yield f"docs/operations/alerts.yaml {rule['alert']}", rule["expr"]
    for panel in _panels():
        for target in panel.get("targets", ()):
            yield f"docs/operations/dashboard.json {panel['title']}", target["expr"]


def _bare(expression: str) -> str:
    """Return an expression without the words between quotes, which may look like anything."""
    return re.sub(r'"[^"]*"', '""', expression)


def _labels_asked_for(expression: str) -> set[str]:
    found = {label.strip() for labels in GROUPED.findall(expression) for label in labels.split(",")}
    return found - OF_SCRAPES


def test_every_figure_that_is_asked_for_is_there(exposed: Exposed) -> None:
    """By the name under which it is scraped."""
    asked = [
        (where, name)
        for where, expression in _expressions()
        for name, _ in SELECTOR.findall(GROUPED.sub("", _bare(expression)))
    ]

    assert {name for _, name in asked} >= {
        "lunar_interpretation_generated_total",
        "lunar_interpretation_cache_hit_total",
        "lunar_interpretation_fallback_total",
        "lunar_interpretation_duration_seconds_bucket",
        "lunar_active_generations",
        "lunar_migration_info",
        "upstream_calls_total",
        "http_refused_total",
        "product_cache_alert",
    }
    none_may_offend(
        (f"{where} {name}" for where, name in asked if name not in exposed and name not in OF_PROMETHEUS),
        do="ask for a figure that the server has",
    )


def test_every_label_that_is_asked_for_is_there(exposed: Exposed) -> None:
    """In the figure that is asked, or in one of those that are grouped."""
    offenders = []
    for where, expression in _expressions():
        labels: set[str] = set()
        for name, matchers in SELECTOR.findall(expression):
            labels |= set(exposed.get(name, {}))
            own = set(exposed.get(name, {})) | OF_SCRAPES
            offenders += [
                f"{where} {name}.{label}" for label, *_ in MATCHER.findall(matchers) if label not in own
            ]
        offenders += [f"{where} by {label}" for label in _labels_asked_for(expression) if label not in labels]

    none_may_offend(offenders, do="ask for a label that the figure has")


def test_every_value_that_is_asked_for_can_come(exposed: Exposed) -> None:
    """An outcome that was renamed would be waited for in vain."""
    can_come = {
        "outcome": {*OUTCOMES, FINISHED, FAILED, "lost", *OF_ERRORS.values()},
        "fallback_level": set(LEVELS.values()),
        "source": {"claude", *LEVELS},
        "status": {"200", "500", "503"},
        "problem": {each.slug for each in BOUNDS},
        "upstream": exposed["upstream_calls_total"]["upstream"],
        "route": exposed["http_requests_total"]["route"],
    }
    offenders = [
        f"{where} {label}={value}"
        for where, expression in _expressions()
        for _, matchers in SELECTOR.findall(expression)
        for label, how, text in MATCHER.findall(matchers)
        if label in can_come
        for value in (text.split("|") if how in {"=~", "!~"} else [text])
        if not any(re.fullmatch(value, known) for known in can_come[label])
    ]

    none_may_offend(offenders, do="ask for a value that the server sets")


def test_the_bounds_of_the_rules_are_buckets() -> None:
    """Above the highest bucket no quantile is known; between two it is a guess."""
    bounds = [
        float(found)
        for rule in ALERTS
        if "_bucket" in rule["expr"]
        for found in re.findall(r"> ([\d.]+)\s*$", rule["expr"])
    ]

    assert bounds
    assert set(bounds) <= set(map(float, BUCKETS_S))


def test_the_rule_of_templates_knows_how_many_there_are() -> None:
    """Fewer than what ships alarms, and neither that nor more."""
    [rule] = [rule for rule in ALERTS if rule["alert"] == "TemplatesMissing"]
    [pattern] = re.findall(r'templates_count=~"([^"]+)"', rule["expr"])
    shipped = sum(1 for _ in templates())

    assert all(re.fullmatch(pattern, str(count)) for count in range(shipped))
    assert not any(re.fullmatch(pattern, str(count)) for count in range(shipped, 3 * shipped))


def test_rules_are_whole() -> None:
    """Each has a name of its own, says how bad it is and what to do, and its page is there."""
    assert len({rule["alert"] for rule in ALERTS}) == len(ALERTS)
    assert len({group["name"] for group in RULES["groups"]}) == len(RULES["groups"])
    none_may_offend(
        (
            f"docs/operations/alerts.yaml {rule['alert']}"
            for rule in ALERTS
            if not {"alert", "expr", "labels", "annotations"}
            <= rule.keys()
            <= {"alert", "expr", "for", "labels", "annotations"}
            or rule["labels"].get("severity") not in {"page", "ticket"}
            or rule["annotations"].keys() != {"summary", "description", "runbook"}
            or not (ROOT / rule["annotations"]["runbook"]).is_file()
            or not re.fullmatch(r"\d+[mh]", rule.get("for", "1m"))
            or not _is_balanced(rule["expr"])
        ),
        do="give the rule all its parts",
    )


def test_runbooks_have_a_word_on_each_alert() -> None:
    """Who is woken up finds the alert's name on the page that it leads to, or its own row there."""
    none_may_offend(
        (
            f"{rule['annotations']['runbook']} {rule['alert']}"
            for rule in ALERTS
            if rule["annotations"]["runbook"] in WITH_ALERTS
            and rule["alert"] not in (ROOT / rule["annotations"]["runbook"]).read_text(encoding="utf-8")
        ),
        do="say in the runbook what to do",
    )


def test_the_dashboard_is_one_that_grafana_takes() -> None:
    """Its panels have a place each, without overlapping; each asks the data source that is chosen above."""
    assert DASHBOARD["title"]
    assert DASHBOARD["schemaVersion"] >= 36
    assert {each["name"] for each in DASHBOARD["templating"]["list"]} == {"datasource", "job"}
    panels = list(_panels())
    assert len({panel["id"] for panel in panels}) == len(panels)
    source = {"type": "prometheus", "uid": "${datasource}"}
    none_may_offend(
        (
            f"docs/operations/dashboard.json {panel['title']}"
            for panel in panels
            if panel["type"] != "row"
            and (
                panel["type"] not in {"stat", "timeseries"}
                or panel["datasource"] != source
                or not panel["targets"]
                or any(
                    each["datasource"] != source or '{job=~"$job"' not in each["expr"]
                    for each in panel["targets"]
                )
                or not all(_is_balanced(each["expr"]) for each in panel["targets"])
                or not panel["description"]
                or not panel["fieldConfig"]["defaults"]["unit"]
            )
        ),
        do="give the panel all its parts",
    )
    places = [panel["gridPos"] for panel in panels]
    assert all(place["x"] >= 0 and place["x"] + place["w"] <= 24 for place in places)
    assert all(
        first["y"] < second["y"] or (first["y"] == second["y"] and first["x"] + first["w"] <= second["x"])
        for first, second in pairwise(places)
    )


def test_rules_pass_the_tool_of_prometheus(tmp_path: Path) -> None:
    """Where it is installed; the dashboard's expressions too."""
    tool = shutil.which("promtool")
    if tool is None:
        pytest.skip("there is no promtool here")
    shown = [
        expression.replace("$__rate_interval", "5m").replace("$job", "x") for _, expression in _expressions()
    ]
    rules = [{"record": f"shown:{number}", "expr": each} for number, each in enumerate(shown)]
    (tmp_path / "shown.yaml").write_text(json.dumps({"groups": [{"name": "shown", "rules": rules}]}))
    files = [str(FOLDER / "alerts.yaml"), str(tmp_path / "shown.yaml")]
    done = subprocess.run(
        [tool, "check", "rules", *files], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _is_balanced(expression: str) -> bool:
    """Return whether brackets close, and ranges are of a known form."""
    text = RANGE.sub("", _bare(expression))
    closes: Mapping[str, str] = {")": "(", "}": "{"}
    open_ones: list[str] = []
    for each in text:
        if each in closes.values():
            open_ones.append(each)
        elif each in closes and (not open_ones or open_ones.pop() != closes[each]):
            return False
    return not open_ones and "[" not in text
