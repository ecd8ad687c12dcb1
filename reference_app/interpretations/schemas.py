"""What interpretations send and take over the wire."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from reference_app.interpretations.report import dominant_axes, general_climate
from reference_app.interpretations.service import Interpretation
from reference_app.interpretations.store import Stored, Totals

ID_MAX = 2**63 - 1

Subject = Literal["full", "climate", "focus", "approach"]
Lang = Literal["fr", "en"]
Source = Literal["db_temporal", "claude", "db_template", "hardcoded"]
Month = Annotated[
    str,
    Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$(?!\n)", description="YYYY-MM; without it, the current return"),
]
Weeks = Annotated[dict[str, str], Meta(description="week_1 to week_4, of the subject full")]


class AskedReport(Struct, frozen=True, forbid_unknown_fields=True):
    """Of which month, about what and in which language."""

    month: Month | None = None
    subject: Subject = "full"
    lang: Lang = "fr"


class AskedAgain(Struct, frozen=True, forbid_unknown_fields=True):
    """Which text is to be written anew."""

    lunar_return_id: Annotated[int, Meta(ge=1, le=ID_MAX)]
    subject: Subject = "full"
    lang: Lang = "fr"


class Metadata(Struct, frozen=True):
    """Where a text comes from; `model_used` is null where no model wrote it."""

    source: Source
    model_used: str | None
    version: int
    generated_at: datetime


class Header(Struct, frozen=True):
    """The return."""

    month: str
    return_date: datetime
    moon_sign: str
    moon_house: int
    lunar_ascendant: str


class MajorAspect(Struct, frozen=True):
    """An angle between the Moon and another body."""

    body: str
    aspect: str
    orb_deg: float


class LunarReport(Struct, frozen=True):
    """All about one month."""

    header: Header
    general_climate: str
    dominant_axes: list[str]
    major_aspects: list[MajorAspect]
    lunar_interpretation: Annotated[dict[str, str], Meta(description="the text, by its subject")]
    weekly_advice: Weeks
    metadata: Metadata


class Report(Struct, frozen=True):
    """A report, and where its text comes from."""

    report: LunarReport
    metadata: Metadata

    @classmethod
    def of(cls, found: Interpretation, subject: Subject, lang: Lang) -> "Report":
        """Return the report that holds this text."""
        of = found.of
        metadata = Metadata(
            source=found.source,  # type: ignore[arg-type] # one of them
            model_used=found.model,
            version=found.version,
            generated_at=found.written_at,
        )
        report = LunarReport(
            header=Header(of.month, of.return_date, of.moon_sign, of.moon_house, of.lunar_ascendant),
            general_climate=general_climate(of, lang),
            dominant_axes=dominant_axes(of, lang),
            major_aspects=[MajorAspect(**each) for each in of.aspects],  # type: ignore[arg-type]
            lunar_interpretation={subject: found.text},
            weekly_advice=found.weekly_advice or {},
            metadata=metadata,
        )
        return cls(report, metadata)


class RegeneratedMetadata(Struct, frozen=True):
    """Who wrote a text anew, and when."""

    source: Literal["claude"]
    model_used: str
    regenerated_at: datetime


class Regenerated(Struct, frozen=True):
    """A text that was written anew."""

    interpretation: str
    weekly_advice: Weeks | None
    metadata: RegeneratedMetadata

    @classmethod
    def of(cls, found: Interpretation | Stored) -> "Regenerated":
        """Return it as it goes over the wire."""
        assert found.model is not None, "Claude wrote it"
        metadata = RegeneratedMetadata("claude", found.model, found.written_at)
        return cls(found.text, found.weekly_advice, metadata)


class Statistics(Struct, frozen=True):
    """What Claude wrote for a user."""

    user_id: int
    total_interpretations: int
    sources: dict[str, int]
    models_used: dict[str, int]
    cached_rate: Annotated[float, Meta(description="hits ÷ (hits + generations)")]
    avg_generation_ms: float | None

    @classmethod
    def of(cls, user_id: int, totals: list[Totals]) -> "Statistics":
        """Return the sums of a user's totals."""
        texts = sum(each.texts for each in totals)
        hits, generations = sum(each.hits for each in totals), sum(each.generations for each in totals)
        sources: dict[str, int] = {}
        models: dict[str, int] = {}
        for each in totals:
            sources[each.source] = sources.get(each.source, 0) + each.texts
            models[each.model] = models.get(each.model, 0) + each.texts
        return cls(
            user_id=user_id,
            total_interpretations=texts,
            sources=sources,
            models_used=models,
            cached_rate=round(hits / (hits + generations), 4) if texts else 0.0,
            avg_generation_ms=round(sum(each.generation_ms for each in totals) / texts, 1) if texts else None,
        )
