"""Whether a text is plainly in the language that was asked for, by the little words that every text is full of."""

import re
from collections.abc import Mapping
from itertools import chain
from typing import Final

WORD: Final = re.compile(r"[^\W\d_]+")

LITTLE_WORDS: Final[Mapping[str, str]] = {
    "fr": """
        le la les un une des du de l d qu n s c j m et ou où mais que qui dont ce cet cette ces son sa ses
        leur leurs vous votre vos il elle ils elles se ne pas au aux dans par pour avec sans sous sur vers
        chez est sont être avez peut y en plus si
    """,
    "en": """
        the a an of and or but that which who this these those his her its their they it you your yours is
        are be was have has not no to in into at by for with without from on as if will can do what when
        than
    """,
    "other": """
        el los las una uno con para su sus lo del al como más tu der die das und ist nicht ein eine mit
        für sie ihr ihre den dem zu auf gli della nel che di per o os um uma não het een van
    """,
}
"""The words of each language; of `other`, those of languages that might be taken for one of ours."""
WORDS: Final = {lang: frozenset(words.split()) for lang, words in LITTLE_WORDS.items()}
SHARE_MIN: Final = 0.15
"""So many of all words are little words of the language. In the texts that come with the app, 0.32 and more are."""
TIMES_OTHERS: Final = 3.0
"""So many times as many as of any other language."""


def is_plainly(lang: str, *texts: str) -> bool:
    """Say whether the texts, taken together, are in `lang`: `fr` or `en`."""
    words = [word.lower() for word in chain.from_iterable(map(WORD.findall, texts))]
    others = frozenset().union(*(found for name, found in WORDS.items() if name != lang)) - WORDS[lang]
    own = sum(word in WORDS[lang] for word in words)
    foreign = sum(word in others for word in words)
    return own > 0 and own >= SHARE_MIN * len(words) and own >= TIMES_OTHERS * foreign
