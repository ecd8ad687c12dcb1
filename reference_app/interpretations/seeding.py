"""Adds the shipped texts to the templates, where they are missing. All SQL of `reference-app db seed`.

A text that is there is never changed, whatever its version: there is one of each sign, house and ascendant.
"""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from reference_app.interpretations.tables import lunar_interpretation_templates
from reference_app.interpretations.texts import Template, templates

VERSION: Final = 2
LANG: Final = "fr"
SUBJECT: Final = "full"


def seed(connection: Connection) -> int:
    """Add what is missing, and return how many texts that were."""
    table, now = lunar_interpretation_templates, datetime.now(UTC)
    there = {
        tuple(row)
        for row in connection.execute(
            select(table.c.moon_sign, table.c.moon_house, table.c.lunar_ascendant).where(
                table.c.template_type == SUBJECT, table.c.lang == LANG
            )
        )
    }
    missing = [
        row_of(each, now)
        for each in templates()
        if (each.moon_sign, each.moon_house, each.lunar_ascendant) not in there
    ]
    if missing:
        connection.execute(insert(table), missing)
    return len(missing)


def row_of(shipped: Template, now: datetime) -> dict[str, Any]:
    """Return the row of a shipped text."""
    return {
        "template_type": SUBJECT,
        "moon_sign": shipped.moon_sign,
        "moon_house": shipped.moon_house,
        "lunar_ascendant": shipped.lunar_ascendant,
        "version": VERSION,
        "lang": LANG,
        "template_text": shipped.text,
        "weekly_advice_template": shipped.weekly_advice,
        "created_at": now,
        "updated_at": now,
    }
