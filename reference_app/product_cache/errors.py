"""What can go wrong with the product cache. How its upstream fails is `reference_app.upstream.errors`'."""

from reference_app.errors import AppError


class ProductCacheError(AppError):
    """The products cannot be given."""


class FetchFailed(ProductCacheError):
    """The products could not be fetched; nothing was stored. Ask again."""


class WaitExhausted(ProductCacheError):
    """The products are still being fetched. Ask again in a moment."""


class NoSuchProduct(ProductCacheError):
    """There is no such product. It is listed as unknown, and is the answer to no request."""
