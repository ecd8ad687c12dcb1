"""Interpretations under load: `locust -f load/interpretations.py --host URL --case stored`.

It makes people with lunar returns, and deletes them afterwards with their texts. Writing texts anew costs the
server a request to Claude each time: point it at a server that asks a stub.
"""

from load.cases import Case, profile
from load.senders.interpretations import MetadataReader, Rewriter, SlowRewriter, StoredReader, TemplateReader

profile(
    "interpretations",
    {
        "stored": Case("LI-12, stored texts at a fixed rate", {StoredReader: 1}),
        "templates": Case("LI-12, templates, of a server with LUNAR_LLM_MODE=off", {TemplateReader: 1}),
        "claude": Case("LI-12, 10 new texts of Claude's a second", {SlowRewriter: 1}),
        "rest": Case("every other request, each at a fixed rate", {MetadataReader: 1, Rewriter: 1}),
    },
    usual="stored",
)
