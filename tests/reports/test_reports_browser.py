import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reports import page
from reports.changes import compare
from reports.results import Results
from tests.reports.chromium import CHROMIUM, measured
from tests.reports.test_reports_proof import fault, with_proof

Document = dict[str, Any]
Read = Callable[[Document], Results]
WIDTHS_PX = (360, 1440)
SCHEMES = ("light", "dark")
CONTRAST_MIN = 4.5
SECTIONS = [
    "requirements", "failures", "unproven", "agreement", "deviations", "changes", "proof", "scenarios", "french",
    "slowest", "meaning",
]  # fmt: skip

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]

OVERFLOW = """
const choose = id => page.getElementById(id).click();
return ["in-english", "in-french"].map(id => {
  choose(id);
  const root = page.documentElement;
  return [root.clientWidth, root.scrollWidth, page.querySelectorAll("details:not([open])").length];
});
"""

LANGUAGES = """
const seen = () => {
  const shown = kind => [...page.querySelectorAll("span." + kind + ", tspan." + kind)]
    .filter(one => view.getComputedStyle(one).display !== "none").length;
  return [shown("en"), shown("fr"), page.querySelector("h1").innerText, page.querySelector("#proof").innerText];
};
const english = seen();
page.querySelector("label[for=in-french]").click();
const french = seen();
page.querySelector("label[for=in-english]").click();
const input = page.getElementById("in-french");
input.focus();
const box = page.querySelector("label[for=in-french]").getBoundingClientRect();
return { english, french, again: seen(), focused: page.activeElement === input, width: box.width,
         scripts: page.scripts.length, hidden: view.getComputedStyle(input).display };
"""

LINKS = """
const targets = [...page.querySelectorAll("a[href^='#']")].map(link => link.getAttribute("href").slice(1));
const case_link = page.querySelector(".case-link a");
const target = page.getElementById(case_link.getAttribute("href").slice(1));
const before = target.checkVisibility();
case_link.click();
return {
  sections: [...page.querySelectorAll("section > h2, footer h2")].map(one => one.id),
  dead: targets.filter(name => !page.getElementById(name)),
  count: targets.length,
  before,
  after: target.checkVisibility(),
  evidence: target.closest("details.evidence").open,
};
"""

CONTRAST = """
const rgb = colour => {
  const parts = colour.match(/[\\d.]+/g).map(Number);
  return parts.length < 4 ? [...parts, 1] : parts;
};
const behind = element => {
  for (let one = element; one; one = one.parentElement) {
    const ground = rgb(view.getComputedStyle(one).backgroundColor);
    if (ground[3] === 1) return ground;
  }
  return [255, 255, 255, 1];
};
const luminance = colour => {
  const [red, green, blue] = colour.slice(0, 3).map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one, other) => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};
const texts = [...page.body.querySelectorAll("*")].filter(one =>
  [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
  && !one.closest("svg") && view.getComputedStyle(one).display !== "none");
const worst = {};
for (const one of texts) {
  const ratio = contrast(rgb(view.getComputedStyle(one).color), behind(one));
  const name = one.tagName + "." + one.className;
  worst[name] = Math.min(worst[name] ?? 99, ratio);
}
return { worst, texts: texts.length, ground: behind(page.body) };
"""


@pytest.fixture
def rich(read: Read, sample: Document) -> str:
    """A page on which every section has something to show, with all details open."""
    earlier = read(sample)
    sample["scenarios"][0]["verdict"] = "failed"
    sample["counts"] |= {"passed": 4, "failed": 3}
    faults = [fault(f"fault-of-number-{number}", requirements=wide_row()) for number in range(3)]
    faults.append(fault("lock-leaked", "missed", requirements={"LR-2": "passed"}))
    sample["deviations"] = [{"requirement": "LR-4", "reason": "later", "expires": "2027-01-31"}]
    results = read(with_proof(sample, faults))
    return page.render(results, compare(earlier, results))


def wide_row() -> dict[str, str]:
    """Return more requirements than fit beside each other at 360 px."""
    return {f"LR-{number}": "passed" for number in range(1, 25)}


def opened(text: str) -> str:
    """Return the page with everything open that a reader could open."""
    return re.sub(r"<details\b(?![^>]*\bopen)", "<details open", text)


def test_nothing_scrolls_sideways_at_any_width(read: Read, sample: Document, tmp_path: Path) -> None:
    """With everything opened and very long words, the page is as wide as the screen, in both languages."""
    failed = sample["scenarios"][3]
    failed["name"] += " " + "W" * 300
    failed["exchanges"][0]["request"]["url"] += "/" + "u" * 500
    failed["evidence"][0]["headings"] = ["h" * 90, "answers"]
    sample["requirements"][0]["words"]["en"] += " " + "Wortungetüm" * 30
    sample["errors"][0]["where"] = "w" * 300
    faults = [fault("f" * 60, requirements=wide_row(), breaks="b" * 300, why="y" * 300)]
    text = opened(page.render(read(with_proof(sample, faults))))
    found, _ = measured(text, tmp_path, OVERFLOW, widths_px=(320, *WIDTHS_PX, 768))
    assert [[[width, width, 0]] * 2 for width in (320, *WIDTHS_PX, 768)] == found


def test_ninety_requirements_are_seen_at_a_glance(read: Read, sample: Document, tmp_path: Path) -> None:
    """The tiles of all of them, each with its whole id and inside of the window, on a screen or on two."""
    first = sample["requirements"][0]
    sample["requirements"] += [first | {"id": f"AR-{number}"} for number in range(100, 184)]
    script = """
      const tiles = [...page.querySelectorAll(".tile")], box = page.querySelector(".grid").getBoundingClientRect();
      const right = one => one.getBoundingClientRect().right;
      const cut = tiles.filter(one => one.scrollWidth > one.clientWidth || right(one) > box.right + 1);
      return [tiles.length, cut.length, page.documentElement.scrollWidth, Math.round(box.height)];
    """
    found, _ = measured(page.render(read(sample)), tmp_path, script, widths_px=(390, 1440))
    assert [one[:3] for one in found] == [[90, 0, 390], [90, 0, 1440]]
    assert (found[0][3] < 1400, found[1][3] < 700) == (True, True), found


def test_the_matrix_scrolls_in_its_own_box(rich: str, tmp_path: Path) -> None:
    """On a narrow screen more requirements than fit are reached without moving the page."""
    script = """
      const box = page.querySelector(".matrix").parentElement;
      return [box.scrollWidth > box.clientWidth, page.documentElement.scrollWidth, box.tabIndex];
    """
    found, _ = measured(rich, tmp_path, script, widths_px=(360, 768))
    assert found == [[True, 360, 0], [True, 768, 0]]


def test_the_language_is_chosen_without_a_script(rich: str, tmp_path: Path) -> None:
    """A click on the label shows the other language and nothing of the first; the choice can have the focus."""
    found, _ = measured(rich, tmp_path, LANGUAGES, widths_px=WIDTHS_PX)
    for one in found:
        assert (one["english"][1], one["french"][0], one["scripts"]) == (0, 0, 0)
        assert one["english"][0] == one["french"][1] > 100
        assert one["again"] == one["english"]
        assert one["english"][2].startswith("3 of 10 scenarios failed")
        assert one["french"][2].startswith("3 scénarios sur 10 ont échoué")
        assert [one["english"][3], one["french"][3]] == [
            "Can these scenarios fail?", "Ces scénarios savent-ils échouer\u202f?"
        ]  # fmt: skip
        assert (one["focused"], one["hidden"] != "none", one["width"] > 0) == (True, True, True)


def test_sections_are_there_and_every_link_leads_somewhere(rich: str, tmp_path: Path) -> None:
    """A link to a scenario opens the evidence in which it stands."""
    found, asked = measured(rich, tmp_path, LINKS, widths_px=WIDTHS_PX)
    for one in found:
        assert [name for name in one["sections"] if name in SECTIONS] == SECTIONS
        assert (one["dead"], one["count"] > 20) == ([], True)
        assert (one["before"], one["after"], one["evidence"]) == (False, True, True)
    allowed = {"/measure.html", "/report.html", "/favicon.ico"}
    # The second frame may get the page from the browser's cache; a link that left the page would ask once more.
    assert set(asked) - allowed == set()
    assert 1 <= asked.count("/report.html") <= len(WIDTHS_PX)


def test_every_text_can_be_read_by_day_and_by_night(rich: str, tmp_path: Path) -> None:
    """Each text reaches the 4.5 to 1 of WCAG AA on what really lies behind it, at both widths in both schemes."""
    found, _ = measured(opened(rich), tmp_path, CONTRAST, widths_px=WIDTHS_PX, schemes=SCHEMES)
    assert [sum(one["ground"][:3]) > 384 for one in found] == [True, True, False, False]
    for one in found:
        assert one["texts"] > 200
        assert {name: ratio for name, ratio in one["worst"].items() if ratio < CONTRAST_MIN} == {}
