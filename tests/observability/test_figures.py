"""The figures of a server that patients wrote to."""

from __future__ import annotations

import re

import pytest
from rasa.shared.core.domain import Domain

from tests.observability.watched import SECRETS, Watched
from videohjelp.metrics import outcomes
from videohjelp.metrics.outcomes import Outcome, outcome_of, topic_of
from videohjelp.observation import Turn
from videohjelp.settings import ROOT

OPERATIONS = ROOT / "docs" / "operations.md"
_ROW = re.compile(r"^\| `(videohjelp_[a-z_]+)(?:{([a-z,]+)})?` \|", re.MULTILINE)
#: What a label may be: a name from the code or the data, a version, a route's template.
_LABEL = re.compile(r"[A-Za-z0-9_./:<>+-]{1,80}")


def test_every_figure_has_a_row_and_every_row_a_figure(watched: Watched) -> None:
    documented = {
        name: set((labels or "").split(",")) - {""}
        for name, labels in _ROW.findall(OPERATIONS.read_text(encoding="utf-8"))
    }
    found: dict[str, set[str]] = {}
    for family in watched.families.values():
        if not family.name.startswith("videohjelp_"):
            continue
        ending = {"counter": "_total", "info": "_info"}.get(family.type, "")
        name = family.name if family.name.endswith(ending) else family.name + ending
        found[name] = {label for one in family.samples for label in one.labels} - {"le"}
    assert found == documented


def test_messages_are_counted_by_channel_topic_and_outcome(watched: Watched) -> None:
    messages = "videohjelp_messages_total"
    by_topic = "videohjelp_messages_by_topic_total"
    for outcome in ("answered", "danger", "handed_over"):
        counted = watched.value(messages, channel="web", outcome=outcome)
        assert counted == watched.value(by_topic, channel="web", outcome=outcome) >= 1
    assert watched.value(messages, channel="web", outcome="refused") == 1
    assert watched.value(messages, channel="web", outcome="failed") == 0
    # Six texts and the greeting.
    assert watched.value(by_topic, channel="web") == 7
    assert watched.value(by_topic, channel="web", topic="greet", outcome="answered") == 1
    assert watched.value(by_topic, channel="web", topic="mental_health_crisis") >= 1
    assert watched.value(by_topic, channel="sms") == 2


def test_the_stages_of_each_message_are_measured(watched: Watched) -> None:
    def measured(stage: str) -> float:
        return watched.value("videohjelp_stage_seconds_count", stage=stage)

    # Web: six texts and a greeting; SMS: a text, and an option that is a button's payload.
    assert measured("turn") == measured("answer") == 9
    assert measured("understand_ngrams") + measured("understand_vectors") == 7
    assert measured("understand_vectors") >= 1
    assert measured("understand_button") == 2
    assert measured("clean") == 8
    # The greeting waits for nobody.
    assert measured("wait") >= 6
    assert measured("read") >= 9
    assert measured("write") >= 9
    parts = sum(
        watched.value("videohjelp_stage_seconds_sum", stage=stage)
        for stage in ("understand_ngrams", "understand_vectors", "understand_button", "answer")
    )
    assert 0 < parts <= watched.value("videohjelp_stage_seconds_sum", stage="turn")


def test_requests_are_counted_by_the_template_of_their_route(watched: Watched) -> None:
    requests = "videohjelp_http_requests_total"
    route = "/api/chat/messages"
    assert watched.value(requests, method="POST", route=route, status="200") == 6
    assert watched.value(requests, method="POST", route=route, status="422") == 1
    assert watched.value(requests, route="none", status="404") == 1
    # A stream is no slow request.
    assert watched.value(requests, route="/api/chat/events") == 1
    assert watched.value("videohjelp_http_request_seconds_count", route="/api/chat/events") == 0


def test_the_process_says_what_it_is(watched: Watched) -> None:
    assert watched.value("videohjelp_build_info", version="v1.2-test", rasa="3.6.21") == 1
    (model,) = watched.samples()["videohjelp_model_info"]
    assert re.fullmatch(r"videohjelp-[0-9a-f]{12}", model["name"])
    assert watched.value("videohjelp_ready") == 1
    assert watched.value("videohjelp_check_ok") == 3
    assert watched.value("videohjelp_figures_ok") == 3
    assert watched.value("videohjelp_database_disk_free_bytes") > 0
    assert watched.value("process_open_fds") > 0
    assert watched.value("python_gc_collections_total") > 0
    assert watched.value("videohjelp_retention_runs_total", outcome="succeeded") == 3
    assert watched.value("videohjelp_log_errors_total") == 0


def test_no_label_holds_what_somebody_wrote(watched: Watched) -> None:
    for secret in SECRETS:
        assert secret not in watched.figures
    for name, samples in watched.samples().items():
        for labels in samples:
            for value in labels.values():
                assert _LABEL.fullmatch(value), f"{name}: {value}"


def test_topics_are_the_domains_intents(watched: Watched) -> None:
    intents = set(Domain.load(str(ROOT / "domain.yml")).intents)
    samples = watched.samples()["videohjelp_messages_by_topic_total"]
    assert {one["topic"] for one in samples} <= intents | {"none", "other"}
    assert len({one["topic"] for one in samples}) > 4


@pytest.mark.parametrize("intent", ["hva_som_helst", "greet\n", "Greet", "15108695088"])
def test_an_intent_that_the_domain_has_not_is_no_label(intent: str) -> None:
    assert topic_of(intent, {"greet"}) == "other"


def test_a_message_without_an_intent_has_a_topic_too() -> None:
    assert topic_of(None, {"greet"}) == "none"
    assert topic_of("greet", {"greet"}) == "greet"


def test_the_responses_that_tell_the_outcome_exist() -> None:
    named = {
        *outcomes.APOLOGIES,
        *outcomes.DANGER,
        *outcomes.HAND_OFFS,
        *outcomes.QUESTIONS,
        *outcomes.NOT_UNDERSTOOD,
        *outcomes.SAID_ALSO,
    }
    files = sorted((ROOT / "data" / "responses").glob("*.yml"))
    assert named <= Domain.load([str(path) for path in files]).responses.keys()


@pytest.mark.parametrize(
    ("intent", "said", "outcome"),
    [
        ("no_sound", ["utter_no_sound"], Outcome.ANSWERED),
        ("no_sound", [], Outcome.FAILED),
        ("no_sound", ["utter_x", "utter_action_failed"], Outcome.FAILED),
        ("medical_emergency", ["utter_medical_emergency"], Outcome.DANGER),
        ("medical_emergency", ["utter_action_failed"], Outcome.FAILED),
        ("deny", ["utter_handoff", "utter_ikt_open"], Outcome.HANDED_OVER),
        ("nlu_fallback", ["utter_did_you_mean"], Outcome.ASKED_BACK),
        ("nlu_fallback", ["utter_not_understood"], Outcome.FALLBACK),
        ("nlu_fallback", ["utter_talk_to_human", "utter_menu"], Outcome.FALLBACK),
        ("nlu_fallback", ["utter_silence"], Outcome.FALLBACK),
        # An answer in a form need not be a topic.
        ("nlu_fallback", ["utter_ask_department"], Outcome.ANSWERED),
        ("silence", ["utter_silence"], Outcome.ANSWERED),
        ("talk_to_human", ["utter_talk_to_human"], Outcome.HANDED_OVER),
        ("out_of_scope", ["utter_out_of_scope"], Outcome.OUT_OF_SCOPE),
    ],
)
def test_outcomes(intent: str, said: list[str], outcome: Outcome) -> None:
    assert outcome_of(Turn("web", intent=intent, responses=said)) is outcome


def test_a_turn_that_raised_has_failed() -> None:
    said = ["utter_no_sound"]
    assert outcome_of(Turn("web", "no_sound", responses=said, failed=True)) is Outcome.FAILED
