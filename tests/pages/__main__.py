"""`python -m tests.pages`, which is `make pages`: writes anew what docs and editors take from the code.

That is the tables of `docs/problems.md`, `docs/settings.md` and `docs/tags.md`, the picture of the layout, and the
parameter types in the settings of editors. Tests compare each of them with the code.
"""

from fixtures.scenario import editor_types
from tests.checkout import ROOT
from tests.pages import layout, tables


def main() -> None:
    """Write them all; name those that were not up to date."""
    for path, text in {**tables.pages(), **layout.pages()}.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"written anew: {path.relative_to(ROOT)}")
    editor_types.main()


if __name__ == "__main__":
    main()
