import pytest

from fixtures.runner.telling.redaction import BLANK, redact


@pytest.mark.parametrize(
    "text",
    [
        '{"password": "hush-hush", "name": "Ann"}',
        "{'password': 'hush-hush'}",
        "user=ann&password=hush-hush&next=1",
        "Authorization: Bearer hush-hush-hush",
        "db=postgresql://ann:hush-hush@db/shop",
        '{"access_token":"hush-hush"}',
        "ADMIN_TOKEN=hush-hush",
    ],
)
def test_a_secret_in_a_text_is_blanked_out(text: str) -> None:
    """Passwords and tokens in bodies, forms, log lines and addresses do not stay."""
    assert "hush" not in redact(text)
    assert BLANK in redact(text)


@pytest.mark.parametrize(
    "text", ["fencing_token=7", "next_page: 3", "http://127.0.0.1:80/a", '{"passed": 1}']
)
def test_evidence_is_left_alone(text: str) -> None:
    """A number that guards a lease, or an address, is what a reader looks for."""
    assert redact(text) == text


def test_values_are_searched_to_their_depth() -> None:
    """Headers and fields are blanked out wherever they stand, and everything else is kept."""
    value = {"headers": {"Set-Cookie": "id=1", "Accept": "*/*"}, "body": [{"new_password": {"a": 1}, "n": 2}]}
    assert redact(value) == {
        "headers": {"Set-Cookie": BLANK, "Accept": "*/*"},
        "body": [{"new_password": BLANK, "n": 2}],
    }
