"""The OpenAPI 3.1 document, made from the operations that are really served."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec

from reference_app import VERSION
from reference_app.errors import AppError, DatabaseUnavailable, NotAdmin, NotAuthenticated
from reference_app.web import bad_input
from reference_app.web.operations import Operation, Parameter, Who
from reference_app.web.problems import MEDIA_TYPE, ProblemDetails, Problems

OF_BODIES = (
    bad_input.Malformed,
    bad_input.TooDeep,
    bad_input.BodyTooLarge,
    bad_input.BodyTooSlow,
    bad_input.WrongMediaType,
    bad_input.BadField,
)
OF_CALLERS: Mapping[Who, tuple[type[AppError], ...]] = {
    "anybody": (),
    "user": (NotAuthenticated, DatabaseUnavailable),
    "admin": (NotAuthenticated, NotAdmin, DatabaseUnavailable),
}
"""What an operation may be answered with because of who asks."""


def document(operations: Sequence[Operation], problems: Problems) -> dict[str, Any]:
    """Return the OpenAPI document of `operations`, whose errors are answered as `problems` say."""
    shapes = {shape for operation in operations for shape in (operation.body, operation.gives) if shape}
    ordered = sorted(shapes, key=lambda shape: shape.__name__)
    _, components = msgspec.json.schema_components(
        [*ordered, ProblemDetails], ref_template="#/components/schemas/{name}"
    )
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation, problems)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Touchstone reference app", "version": VERSION},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def _described(operation: Operation, problems: Problems) -> dict[str, Any]:
    described: dict[str, Any] = {
        "summary": operation.summary,
        "operationId": operation.endpoint.__name__,
        "responses": {str(operation.status): _answer(operation), **_errors(operation, problems)},
    }
    if operation.parameters:
        described["parameters"] = [_parameter(each) for each in operation.parameters]
    if operation.who != "anybody":
        # The roles that a token must have: OpenAPI 3.1 has a place for them.
        described["security"] = [{"bearer": ["admin"] if operation.who == "admin" else []}]
    if operation.body is not None:
        media_type = "application/json" if operation.takes else "application/x-www-form-urlencoded"
        described["requestBody"] = {
            "required": True,
            "content": {media_type: {"schema": _ref(operation.body)}},
        }
    return described


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.required or parameter.place == "path",
        "description": parameter.description,
        "schema": dict(parameter.schema),
    }


def _answer(operation: Operation) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": HTTPStatus(operation.status).phrase}
    if operation.gives is not None:
        answer["content"] = {"application/json": {"schema": _ref(operation.gives)}}
    elif operation.gives_text:
        answer["content"] = {operation.gives_text: {"schema": {"type": "string"}}}
    return answer


def _errors(operation: Operation, problems: Problems) -> dict[str, Any]:
    kinds = list(operation.raises)
    kinds += OF_BODIES if operation.body is not None else ()
    kinds += OF_CALLERS[operation.who]
    said: dict[int, set[str]] = {}
    for kind in kinds:
        said.setdefault(problems.of(kind).status, set()).add(str(kind.__doc__).strip())
    answers = {
        str(status): {
            "description": " ".join(sorted(sentences)),
            "content": {MEDIA_TYPE: {"schema": _ref(ProblemDetails)}},
        }
        for status, sentences in sorted(said.items())
    }
    return answers | {str(status): {"description": meaning} for status, meaning in operation.also.items()}


def _ref(shape: type[msgspec.Struct]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{shape.__name__}"}
