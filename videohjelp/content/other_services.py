"""Whether each service of data/entities/other_services.yml has its answer, and the other way round.

The answer's name is made of the service's; Rasa says nothing at all where it does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator

from videohjelp.content.problem import Problem
from videohjelp.content.texts import Response
from videohjelp.content.yaml_lines import Content, fields, line, pairs

PATH = "data/entities/other_services.yml"
PREFIX = "utter_other_service_"


def check_other_services(content: Content, responses: list[Response]) -> Iterator[Problem]:
    """Gives services without an answer, and answers to services that are not recognised."""
    document = content.documents.get(PATH)
    if document is None:
        yield Problem(PATH, 0, "the file is missing", "restore it from git")
        return
    answers = {one.name: one for one in responses if one.name.startswith(PREFIX)}
    services = {str(key.value): key for key, _ in pairs(fields(document).get("values"))}
    for service, key in services.items():
        if PREFIX + service not in answers:
            yield Problem(
                PATH,
                line(key),
                f"the service '{service}' has no answer",
                f"add the response {PREFIX}{service} in data/responses/other_services.yml",
            )
    for name, response in answers.items():
        if name.removeprefix(PREFIX) not in services:
            yield Problem(
                response.path,
                response.line,
                f"no words lead to the response '{name}'",
                f"add them in {PATH}, or remove the response",
            )
