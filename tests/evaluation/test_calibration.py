"""Whether confidence is reckoned against what is right."""

from __future__ import annotations

import pytest

from videohjelp.evaluation.calibration import calibration


def test_as_sure_as_right() -> None:
    found = calibration([0.75] * 4, [True, True, True, False])
    assert found.error == pytest.approx(0)
    assert [(one.least, one.most, one.messages) for one in found.bins] == [(0.7, 0.8, 4)]


def test_surer_than_right() -> None:
    found = calibration(
        [0.95] * 10 + [0.55] * 10, [True] * 5 + [False] * 5 + [True] * 5 + [False] * 5
    )
    # Half the messages are 0.45 off, half 0.05.
    assert found.error == pytest.approx(0.25)
    assert [one.right for one in found.bins] == [0.5, 0.5]
    assert found.median_wrong == pytest.approx(0.75)


def test_certain_belongs_to_the_last_bin() -> None:
    found = calibration([1.0], [True])
    assert found.bins[0].most == 1.0
    assert found.median_wrong == 0


def test_nothing() -> None:
    assert calibration([], []).error == 0
