"""Every route that takes a body gets every kind of bad one: a clear problem, the field's name, nothing written."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Any, Final

import pytest

from fixtures.databases.templates import sqlite_file
from tests.reference_app.stage import BIRTH, PASSWORD, Server, as_dev, fields, problem

JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"
REGISTER: Final = ("POST", "/api/auth/register")
LOGIN: Final = ("POST", "/api/auth/login")
CHART: Final = ("PUT", "/api/natal-chart")
ACCOUNT: Final = {"email": "bad@bodies.example", "password": PASSWORD}

UNREADABLE: Final = {
    "empty": (400, b""),
    "blanks": (400, b" \r\n "),
    "cut off": (None, b'{"latitude": 1'),
    "more after the end": (None, b"{} {}"),
    "byte order mark": (400, b"\xef\xbb\xbf{}"),
    "UTF-16": (400, '{"a": 1}'.encode("utf-16")),
    "invalid UTF-8": (None, b'{"email": "\xff\xfe"}'),
    "single quotes": (400, b"{'a': 1}"),
    "NaN": (None, b'{"latitude": NaN}'),
    "Infinity": (None, b'{"latitude": -Infinity}'),
    "raw control character": (None, b'{"email": "\x01"}'),
    "bad escape": (None, b'{"email": "\\ud8"}'),
    "4,000 deep": (422, b"[" * 4_000),
    "4,000 deep, closed": (422, b"[" * 4_000 + b"]" * 4_000),
    "30,000 deep objects": (422, b'{"":' * 15_000),
    "65,000 deep": (422, b"[" * 65_000),
    "33 deep": (422, b'{"latitude": ' + b"[" * 32 + b"]" * 32 + b"}"),
    "33 deep, of both kinds": (422, b'{"latitude": ' + b'[{"":' * 16 + b"1" + b"}]" * 16 + b"}"),
    "a list": (422, b"[]"),
    "a text": (422, b'"latitude"'),
    "null": (422, b"null"),
    "a number": (422, b"1"),
}
"""Bodies that no JSON route can take → the status they get; None where it depends on what is noticed first."""

BAD_CHARTS: Final = (
    ("latitude", "1e999"), ("latitude", "1" * 5_000), ("latitude", '"1"'), ("latitude", "null"),
    ("latitude", "90.0000001"), ("latitude", "-91"), ("latitude", "[]"), ("latitude", "true"),
    ("longitude", "180.5"), ("longitude", "-1e308"), ("longitude", "{}"),
    ("birth_datetime", "0"), ("birth_datetime", '"1990-01-01T12:00:00"'), ("birth_datetime", '"1990-01-01"'),
    ("birth_datetime", '"1990-02-30T12:00:00Z"'), ("birth_datetime", '"\\u0000"'),
    ("birth_datetime", '"2990-01-01T00:00:00Z"'), ("birth_datetime", '"9999-12-31T23:59:59-14:00"'),
    ("birth_datetime", '"0001-01-01T00:00:00+14:00"'), ("birth_datetime", '"1799-12-31T23:59:59Z"'),
    ("birth_datetime", '"1990-01-01T12:00:00+25:00"'), ("house", "7"), ("\\ud800", "1"),
    ("latitude", "NaN"), ("latitude", "-Infinity"), ("latitude", '"\xff"'), ("latitude", ".5"), ("latitude", "01"),
)  # fmt: skip
GROWING: Final = "\ufdfa"
"""One letter, whose form has eighteen."""
BAD_ACCOUNTS: Final = (
    ("email", '"no-at.example"'), ("email", '"a@b"'), ("email", '"a@@b.example"'), ("email", '"a b@c.example"'),
    ("email", '"a@b.example\\n"'), ("email", '"a\\u0000@b.example"'), ("email", '"a\\ud800@b.example"'),
    ("email", f'"{"a" * 250}@b.example"'), ("email", '""'), ("email", '"a@b.example."'),
    ("email", '"a@b..example"'), ("email", '"a\uff20b@c.example"'), ("email", '"a\u200b@b.example"'),
    ("email", "1"),
    ("email", f'"{GROWING * 60}@b.example"'), ("email", "null"),
    ("password", '"11 letters."'), ("password", '"PasswordPassword"'), ("password", f'"{"p" * 257}"'),
    ("password", '"\\ud800 is no letter"'), ("password", '"a\\u0000 in the middle"'), ("password", "12345678"),
    ("is_admin", "true"),
)  # fmt: skip
BAD_FORMS: Final = {
    "empty": (422, "username", b""),
    "no password": (422, "password", b"username=a%40b.example"),
    "NUL": (422, "username", b"username=a%00&password=x"),
    "long": (422, "password", b"username=a&password=" + b"p" * 257),
    "invalid UTF-8, escaped": (400, None, b"username=%ff&password=x"),
    "invalid UTF-8": (None, None, b"username=\xff&password=x"),
    "surrogate, escaped": (400, None, b"username=%ed%a0%80&password=x"),
    "too many fields": (400, None, b"&".join(b"f%d=1" % number for number in range(21))),
    "garbage": (422, "username", b"%%%=%zz&&&=;"),
    "JSON": (422, "username", b'{"username": "a", "password": "b"}'),
}


@pytest.mark.parametrize("route", [REGISTER, CHART])
@pytest.mark.parametrize("what", UNREADABLE)
def test_unreadable_bodies(module_server: Server, route: tuple[str, str], what: str) -> None:
    """What is not the JSON that a route takes is refused as such, and nothing is written."""
    status, body = UNREADABLE[what]
    _refused(module_server, route, body, {"Content-Type": JSON}, status)


@pytest.mark.parametrize(
    ("what", "is_too_deep"),
    [
        (b"[" * 31 + b"]" * 31, False),
        (b"[" * 32 + b"]" * 32, True),
        (b'["' + b"[" * 40 + b'"]', False),
        (b'["\\"' + b"[" * 40 + b'"]', False),
        (b'["\\\\", "' + b"[" * 40 + b'"]', False),
        (b'["]\\\\",' * 33 + b"1" + b"]" * 33, True),
        (b"[" + b"[]," * 60 + b"[]]", False),
        (b"[" + b"[[]]," * 60 + b"[]", False),
        (b"]" * 40, False),
    ],
)
def test_depth_is_counted_outside_of_texts(module_server: Server, what: bytes, *, is_too_deep: bool) -> None:
    """Brackets in texts are no depth, with whatever escapes; nor are many beside each other, or too few."""
    body = b'{"latitude": ' + what + b"}"
    said = _refused(module_server, CHART, body, {"Content-Type": JSON}, None)
    assert said["type"].endswith("too-deep") == is_too_deep


@pytest.mark.parametrize(("field", "value"), BAD_CHARTS)
def test_bad_charts(module_server: Server, field: str, value: str) -> None:
    """A natal chart with one bad field is refused with that field's name."""
    said = _refused(module_server, CHART, _with(BIRTH, field, value), {"Content-Type": JSON}, None)
    # What is no JSON at all has no fields yet.
    assert fields(said) == ([field] if said["status"] == 422 else [])


@pytest.mark.parametrize(("field", "value"), BAD_ACCOUNTS)
def test_bad_accounts(module_server: Server, field: str, value: str) -> None:
    """An account with one bad field is refused with that field's name."""
    said = _refused(module_server, REGISTER, _with(ACCOUNT, field, value), {"Content-Type": JSON}, None)
    assert fields(said) == ([field] if said["status"] == 422 else [])


@pytest.mark.parametrize("field", ["birth_datetime", "latitude", "longitude"])
def test_missing_fields_are_named(module_server: Server, field: str) -> None:
    """A natal chart without one of its fields is refused with that field's name."""
    body = json.dumps({name: value for name, value in BIRTH.items() if name != field}).encode()
    said = _refused(module_server, CHART, body, {"Content-Type": JSON}, 422)
    assert said["errors"] == [{"field": field, "message": "is missing"}]


@pytest.mark.parametrize("what", BAD_FORMS)
def test_bad_login_forms(module_server: Server, what: str) -> None:
    """A login form that cannot be read, or lacks a field, is refused; a bad field is named."""
    status, field, body = BAD_FORMS[what]
    said = _refused(module_server, LOGIN, body, {"Content-Type": FORM}, status)
    assert fields(said) == ([field] if field else [])


@pytest.mark.parametrize(
    ("route", "content_type"),
    [
        (REGISTER, "text/plain"),
        (REGISTER, FORM),
        (REGISTER, ""),
        (REGISTER, "application/jsonx"),
        (REGISTER, "\xe9"),
        (CHART, "text/json"),
        (CHART, "multipart/form-data; boundary=x"),
        (LOGIN, JSON),
        (LOGIN, "multipart/form-data; boundary=x"),
    ],
)
def test_other_media_types_are_refused(
    module_server: Server, route: tuple[str, str], content_type: str
) -> None:
    """A body of another kind is 415, whatever it holds."""
    sent = {"Content-Type": content_type.encode("latin-1")} if content_type else {}
    _refused(module_server, route, json.dumps(BIRTH).encode(), sent, 415)


@pytest.mark.parametrize("content_type", [JSON, "Application/JSON; charset=utf-8", "application/json;x=y"])
def test_media_types_may_be_spelled_freely(module_server: Server, content_type: str) -> None:
    """Case and parameters of the content type do not matter."""
    headers = {**as_dev("media-types"), "Content-Type": content_type}
    assert module_server.ask(*CHART, data=json.dumps(BIRTH), headers=headers).status_code == 200


def test_of_a_key_that_comes_twice_the_last_counts(module_server: Server) -> None:
    """A repeated key is no error: the last value is the one that is checked and stored."""
    headers = {**as_dev("twice"), "Content-Type": JSON}
    body = json.dumps(BIRTH).replace("{", '{"latitude": 1.0, ', 1)
    answer = module_server.ask(*CHART, data=body, headers=headers)
    assert (answer.status_code, answer.json()["latitude"]) == (200, BIRTH["latitude"])
    bad_last = json.dumps(BIRTH).replace("}", ', "latitude": 91}')
    assert module_server.ask(*CHART, data=bad_last, headers=headers).status_code == 422


def _refused(
    server: Server,
    route: tuple[str, str],
    body: bytes,
    headers: Mapping[str, str | bytes],
    status: int | None,
) -> dict[str, Any]:
    """Send the body, and return the problem it gets; nothing may have been written on the way."""
    server.ask("PUT", "/api/natal-chart", json=BIRTH, headers=as_dev("bad-bodies"))
    before = _rows(server)
    answer = server.ask(*route, data=body, headers={**as_dev("bad-bodies"), **headers})
    assert answer.status_code in ((status,) if status else (400, 422)), answer.text
    assert _rows(server) == before
    return problem(answer)


def _with(good: Mapping[str, object], field: str, value: str) -> bytes:
    """Return the JSON of `good` in which one field has this raw value."""
    whole = {**{json.dumps(name): json.dumps(kept) for name, kept in good.items()}, f'"{field}"': value}
    return ("{" + ", ".join(f"{name}: {kept}" for name, kept in whole.items()) + "}").encode()


def _rows(server: Server) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(sqlite_file(server.database_url), timeout=10)) as connection:
        return connection.execute(
            "SELECT id, email, 0, 0, 0 FROM users UNION ALL "
            "SELECT user_id, birth_datetime, latitude, longitude, epoch FROM natal_charts ORDER BY 1, 2"
        ).fetchall()
