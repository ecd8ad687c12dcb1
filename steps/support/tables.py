"""Tables under steps: their headings are checked, so that a column in another place is not read for this one."""

from collections.abc import Sequence

from fixtures.verdicts import UsageError
from steps.support.context import WorldContext


def rows_of(context: WorldContext, headings: Sequence[str]) -> list[list[str]]:
    """Return the rows of the step's table; raise UsageError when it has none, or other headings."""
    table = context.table
    found = [] if table is None else list(table.headings)
    if found != list(headings):
        raise UsageError(f"the step needs a table with the headings {', '.join(headings)}, not {found}")
    assert table is not None
    return [list(row.cells) for row in table.rows]
