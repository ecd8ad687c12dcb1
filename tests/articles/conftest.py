"""What tests of the event log share."""

import pytest

pytest.register_assert_rewrite("tests.articles.storage_contract")
