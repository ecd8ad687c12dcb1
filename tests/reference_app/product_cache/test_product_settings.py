"""What can be set: where Keepa is asked, with which key, and who is asked without one."""

from typing import Final

import pytest

from reference_app.errors import SettingsRefused
from reference_app.product_cache.settings import ProductCacheSettings
from reference_app.settings import Settings
from tests.reference_app.stage import SECRET_KEY

KEY: Final = "a planted key, which nobody may see"


def loaded(**variables: str) -> Settings:
    """Return the settings of an environment."""
    return Settings.load({"SECRET_KEY": SECRET_KEY, **variables}, [ProductCacheSettings])


def test_what_is_usual() -> None:
    """Keepa's own address, no key, and no timer."""
    found = loaded().of(ProductCacheSettings)
    assert (found.keepa_base_url, found.keepa_api_key, found.cache_cleanup_interval_s) == (
        "https://api.keepa.com",
        "",
        0,
    )


@pytest.mark.parametrize(
    "url",
    ["https://keepa.example", "https://keepa.example:8443/api", "http://127.0.0.1:9", "http://localhost:9"],
)
def test_where_keepa_may_be(url: str) -> None:
    """Anywhere by TLS; on this machine without."""
    assert loaded(KEEPA_BASE_URL=url).of(ProductCacheSettings).keepa_base_url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://keepa.example",
        "http://10.0.0.1:9",
        "ftp://127.0.0.1",
        "keepa.example",
        "https://",
        "https://user:word@keepa.example",
        "https://keepa.example/?a=b",
        "https://keepa.example/#a",
        "",
    ],
)
def test_where_keepa_may_not_be(url: str) -> None:
    """The key would be sent there as it is, or the address is none."""
    with pytest.raises(SettingsRefused, match="KEEPA_BASE_URL"):
        loaded(KEEPA_BASE_URL=url)


def test_a_key_is_not_shown() -> None:
    """Neither with the settings nor when it is refused."""
    found = loaded(KEEPA_API_KEY=KEY)
    assert KEY not in repr(found.of(ProductCacheSettings))
    broken = loaded(KEEPA_API_KEY=f"{KEY}\n")
    with pytest.raises(SettingsRefused, match="KEEPA_API_KEY") as caught:
        broken.check()
    assert KEY not in str(caught.value)
