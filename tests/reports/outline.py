"""What the tests look at in a page: ids, links, headings, texts by language, and whether all is closed."""

import re
from collections import Counter
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "input", "link"}


class Outline(HTMLParser):
    """A page as the tests see it; texts in both languages are told apart by their class."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: Counter[str] = Counter()
        self.levels: list[int] = []
        self.words: dict[str, list[str]] = {"en": [], "fr": []}
        self.open: list[str] = []
        self.languages: list[str] = []
        """Of each open element, the language in which alone it is shown; empty for both."""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element, its id and its link."""
        self.tags[tag] += 1
        values = dict(attrs)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values["href"] or ""] if "href" in values else []
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)
            shown = values.get("class") or ""
            self.languages.append(shown if shown in self.words else "")
            assert shown not in self.words or values.get("lang") == shown, f"<{tag}> at {self.getpos()}"

    def handle_endtag(self, tag: str) -> None:
        """Check that it closes the element opened last."""
        self.languages.pop()
        assert tag == self.open.pop(), f"</{tag}> at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        """Keep what a reader sees in each language."""
        if self.open and self.open[-1] != "style":
            for language, words in self.words.items():
                if set(self.languages) <= {"", language}:
                    words.append(data)

    @property
    def text(self) -> str:
        """All words of the English page, on one line."""
        return " ".join(" ".join(self.words["en"]).split())

    @property
    def french(self) -> str:
        """All words of the French page, on one line, with plain spaces."""
        return " ".join(" ".join(self.words["fr"]).split())
