"""Tables under steps: their headings are checked, so that a column in another place is not read for this one."""

from fixtures.scenario.tables import Columns
from steps.support.context import WorldContext


def rows_of(context: WorldContext, columns: Columns) -> list[list[str]]:
    """Return the rows of the step's table in English; raise UsageError when it has none, or other headings."""
    table = context.table
    return columns.rows(
        [] if table is None else table.headings,
        [] if table is None else [list(row.cells) for row in table.rows],
    )
