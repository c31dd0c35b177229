from __future__ import annotations

import pytest

from videohjelp.evaluation.estimates import accuracy, difference


def test_wilsons_interval_is_the_textbooks() -> None:
    # 8 of 10: Wilson 1927, e.g. R's prop.test(8, 10, correct = FALSE): 0.490 to 0.943.
    found = accuracy([True] * 8 + [False] * 2, 10)
    assert found.value == pytest.approx(80)
    assert found.low == pytest.approx(49.02, abs=0.01)
    assert found.high == pytest.approx(94.33, abs=0.01)


def test_versions_of_a_sentence_count_as_one() -> None:
    versions = accuracy(([True] * 8 + [False] * 2) * 11, 10)
    assert versions == accuracy([True] * 8 + [False] * 2, 10)


def test_all_right_is_not_certain() -> None:
    found = accuracy([True] * 20, 20)
    assert found.value == found.high == pytest.approx(100)
    assert 80 < found.low < 90


def test_a_difference_is_paired() -> None:
    ours = [True] * 50 + [False] * 50
    assert difference(ours, ours, 100).low == difference(ours, ours, 100).high == 0
    better = [True] * 60 + [False] * 40
    found = difference(better, ours, 100)
    assert found.value == pytest.approx(10)
    # Ten successes in a hundred draws: the binomial's 2.5 and 97.5 per cent points are 5 and 16.
    assert found.low == pytest.approx(5, abs=1)
    assert found.high == pytest.approx(16, abs=1)
    worse = difference(ours, better, 100)
    assert (worse.value, worse.low, worse.high) == (-found.value, -found.high, -found.low)


def test_fewer_sentences_make_a_wider_interval() -> None:
    ours, better = [True, False] * 200, [True, True, True, False] * 100
    wide, narrow = difference(better, ours, 40), difference(better, ours, 400)
    assert wide.value == narrow.value == pytest.approx(25)
    assert wide.high - wide.low > 2.5 * (narrow.high - narrow.low)
    assert difference(better * 11, ours * 11, 40) == wide


def test_nothing_to_count_is_an_error() -> None:
    with pytest.raises(ValueError, match="no messages"):
        accuracy([], 1)
    with pytest.raises(ValueError, match="no messages"):
        difference([], [], 1)
