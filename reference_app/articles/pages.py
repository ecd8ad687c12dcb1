"""How much of a list goes into one page: no more than so many bytes, and always one article."""

from collections.abc import Sequence
from typing import Final

import msgspec

from reference_app.articles.state import Article

CHARACTER_BYTES_MAX: Final = 6
"""What one character may take in JSON: `\\u0001`."""
FRAME_BYTES_MAX: Final = 400
"""What an article takes besides its texts, and what a page takes besides its articles."""
_encoder: Final = msgspec.json.Encoder()


def fitting(articles: Sequence[Article], bytes_max: int) -> list[Article]:
    """Return as many of the first `articles` as a page of `bytes_max` bytes of JSON holds; one at least, if any."""
    at_most = sum(
        (len(each.title) + len(each.content)) * CHARACTER_BYTES_MAX + FRAME_BYTES_MAX for each in articles
    )
    if at_most + FRAME_BYTES_MAX <= bytes_max:
        return list(articles)
    left = bytes_max - FRAME_BYTES_MAX
    for count, each in enumerate(articles):
        left -= len(_encoder.encode(each)) + 1
        if left < 0:
            return list(articles[: max(count, 1)])
    return list(articles)
