"""What Claude answered, and whether it is what was asked for (LI-8).

An answer of the service that is no message at all is `UpstreamMalformed`: the service is in trouble. A
message whose text is no interpretation is a `BadReply`: the service works, the same question would be paid
for again, and what it wrote is neither stored nor shown nor logged; one of the words in `Why` is all that is
said of it.

Does not judge whether a text is any good.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

import msgspec

from reference_app.interpretations.errors import ClaudeAPIError
from reference_app.interpretations.language import is_plainly
from reference_app.upstream.errors import UpstreamMalformed

TEXT_LENGTH_MIN: Final = 200
TEXT_LENGTH_MAX: Final = 8_000
WEEK_LENGTH_MIN: Final = 20
WEEK_LENGTH_MAX: Final = 600
WEEKS: Final = ("week_1", "week_2", "week_3", "week_4")
WITH_WEEKS: Final = "full"
"""The subject that has advice for each week."""
FENCE: Final = re.compile(r"```(?:json)?[ \t]*\n(.*)\n```", re.DOTALL | re.IGNORECASE)
TAG: Final = re.compile(r"<[A-Za-z!/?]")
NOT_IN_PROSE: Final = frozenset({"Cc", "Cs", "Co", "Zl", "Zp"})
"""Kinds of characters that no text has: controls, halves of pairs, private ones, other line breaks."""
TURNS: Final = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""What turns the direction in which a text is read."""


class Why(StrEnum):
    """Why a reply was not taken, for logs."""

    CUT_SHORT = "cut-short"
    REFUSED = "refused"
    STOPPED = "stopped-otherwise"
    NO_TEXT = "no-text"
    NOT_JSON = "not-json"
    SHAPE = "shape"
    WEEKS = "weeks"
    LENGTH = "length"
    CHARACTERS = "characters"
    HTML = "html"
    LANGUAGE = "language"


class BadReply(ClaudeAPIError):
    """Claude wrote something other than the interpretation that it was asked for."""

    kind: ClassVar[str] = "bad-reply"
    """One word, beside those of `UpstreamFailed`."""

    def __init__(self, message: str | None = None, *, why: Why | None = None) -> None:
        """Fail; without `why` where another process made the call, and says no more."""
        self.why = why
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Written:
    """An interpretation that Claude wrote; `weekly_advice` has the keys `WEEKS`, or is None.

    `model` is the one that was asked, which a label of metrics may hold; what a service calls itself may not.
    """

    text: str
    weekly_advice: dict[str, str] | None
    model: str


class Block(msgspec.Struct, frozen=True):
    """One part of a message."""

    type: str
    text: str = ""


class Message(msgspec.Struct, frozen=True):
    """A message of the Messages API, as far as it is looked at."""

    content: list[Block]
    stop_reason: str | None


class Interpretation(msgspec.Struct, frozen=True):
    """What the text of the message has to hold."""

    text: str
    weekly_advice: dict[str, str] | None = None


STOPPED: Final[Mapping[str | None, Why]] = {"max_tokens": Why.CUT_SHORT, "refusal": Why.REFUSED}


def message_in(answer: bytes) -> Message:
    """Return the message that the service answered with. Raises UpstreamMalformed: it is none."""
    try:
        return msgspec.json.decode(answer, type=Message)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise UpstreamMalformed(because="no message") from None


def read(message: Message, *, lang: str, subject: str, model: str) -> Written:
    """Return the interpretation that a message holds.

    Raises:
        BadReply: it holds none in this language and of this subject.

    """
    found = _interpretation(message)
    text = found.text.strip()
    weeks = {week: advice.strip() for week, advice in (found.weekly_advice or {}).items()}
    if set(weeks) != (set(WEEKS) if subject == WITH_WEEKS else set()):
        raise BadReply(why=Why.WEEKS)
    if not TEXT_LENGTH_MIN <= len(text) <= TEXT_LENGTH_MAX:
        raise BadReply(why=Why.LENGTH)
    if not all(WEEK_LENGTH_MIN <= len(advice) <= WEEK_LENGTH_MAX for advice in weeks.values()):
        raise BadReply(why=Why.LENGTH)
    for each in (text, *weeks.values()):
        _check_prose(each)
    # Each by itself: long advice in another language would be lost in the text's words, a single week has too few.
    if not is_plainly(lang, text) or (weeks and not is_plainly(lang, *weeks.values())):
        raise BadReply(why=Why.LANGUAGE)
    return Written(text, {week: weeks[week] for week in WEEKS} if weeks else None, model)


def _interpretation(message: Message) -> Interpretation:
    if message.stop_reason != "end_turn":
        raise BadReply(why=STOPPED.get(message.stop_reason, Why.STOPPED))
    if [block.type for block in message.content] != ["text"] or not message.content[0].text.strip():
        raise BadReply(why=Why.NO_TEXT)
    text = message.content[0].text.strip()
    fenced = FENCE.fullmatch(text)
    try:
        return msgspec.json.decode(fenced[1] if fenced else text, type=Interpretation)
    except msgspec.ValidationError:
        raise BadReply(why=Why.SHAPE) from None
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        raise BadReply(why=Why.NOT_JSON) from None


def _check_prose(text: str) -> None:
    if any((unicodedata.category(each) in NOT_IN_PROSE and each != "\n") or each in TURNS for each in text):
        raise BadReply(why=Why.CHARACTERS)
    if TAG.search(text):
        raise BadReply(why=Why.HTML)
