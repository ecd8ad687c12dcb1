"""The texts that come with the app: 1,728 templates in French, and what is answered when nothing else can.

The prose lies in `fr/` and `en/`, whole sentences in TOML. Nothing is filled into a sentence: an editor sees there
what a reader will read. `signs` says what signs and houses have in common, `prose` reads the files, `templates` and
`builtin` choose the sentences. No database, no network, no chance: a question has the same answer on every machine.
"""

from reference_app.interpretations.texts.builtin import SUBJECTS, builtin
from reference_app.interpretations.texts.prose import LANGS
from reference_app.interpretations.texts.signs import HOUSES, SIGNS
from reference_app.interpretations.texts.templates import Template, template, templates

__all__ = ["HOUSES", "LANGS", "SIGNS", "SUBJECTS", "Template", "builtin", "template", "templates"]
