"""What code of the first version calls. New code asks `service.Interpretations`.

It knows no user and no return, so it can give away nothing that was written for somebody: templates and built-in
texts only (LI-13).
"""

import warnings

from reference_app.database.engine import Database
from reference_app.interpretations.falling_back import OF_TEMPLATES, fall_back


async def load_lunar_interpretation_with_fallback(
    db: Database,
    moon_sign: str,
    moon_house: int,
    lunar_ascendant: str,
    preferred_version: int = 2,
    lang: str = "fr",
) -> tuple[str, dict[str, str] | None, str]:
    """Return a text, its advice under `week_1` … `week_4`, and its source: `db_template` or `hardcoded`.

    Deprecated: it warns so.

    Raises:
        TemplateNotFoundError: there is no such sign, house or language.

    """
    warnings.warn(
        "load_lunar_interpretation_with_fallback() is deprecated; ask reference_app.interpretations.service",
        DeprecationWarning,
        stacklevel=2,
    )
    found = await fall_back(
        db, moon_sign, moon_house, lunar_ascendant, (OF_TEMPLATES, lang, preferred_version)
    )
    return found.text, found.weekly_advice, found.source
