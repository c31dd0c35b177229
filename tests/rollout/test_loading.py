"""What a model is read for: its domain once, and whether it goes with what lies here."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.utils.io import read_yaml

from tests.assistant import Assistant
from tests.rollout.models import link
from videohjelp.server.assistant import AssistantError, load_assistant
from videohjelp.server.fitting import missing_in
from videohjelp.server.reloading import try_out


def test_the_two_domains_of_a_model_are_the_same(model: Path, assistant: Assistant) -> None:
    written = ""
    with tarfile.open(model) as archive:
        for member in archive:
            if member.name.endswith("domain_provider/domain.yml"):
                file = archive.extractfile(member)
                written = file.read().decode() if file else ""
    as_rasa_reads_it = Domain.from_dict(read_yaml(written))
    assert as_rasa_reads_it.as_dict() == assistant.agent.domain.as_dict()
    assert as_rasa_reads_it.fingerprint() == assistant.agent.domain.fingerprint()


def test_the_model_of_the_content_goes_with_it(assistant: Assistant) -> None:
    assert missing_in(assistant.agent.domain) == []


def test_responses_and_actions_that_are_missing_are_named(assistant: Assistant) -> None:
    parts = assistant.agent.domain.as_dict()
    del parts["responses"]["utter_ask_helped"]
    del parts["responses"]["utter_step_allow_camera"]
    parts["actions"].append("action_of_next_year")
    told = "\n".join(missing_in(Domain.from_dict(parts)))
    assert "utter_ask_helped" in told
    assert "utter_step_allow_camera" in told
    assert "action_of_next_year, which is not in actions/" in told


def test_a_file_cut_short_is_told_plainly(model: Path, tmp_path: Path) -> None:
    whole = link(model, tmp_path / "whole")
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(whole.read_bytes()[:4_000_000])
    with pytest.raises(AssistantError, match=r"cut\.tar\.gz could not be read.*copy the file"):
        load_assistant(cut, f"sqlite:///{tmp_path / 'test.db'}")


def test_a_model_that_understands_otherwise_is_not_taken(assistant: Assistant) -> None:
    assistant.run(try_out(assistant.agent))
    ask = assistant.agent.parse_message

    async def mistaken(text: str) -> dict[str, object]:
        return {**(await ask(text)), "intent": {"name": "payment", "confidence": 0.9}}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assistant.agent, "parse_message", mistaken)
        with pytest.raises(AssistantError, match=r"takes .* for payment"):
            assistant.run(try_out(assistant.agent))
