"""Draws curves as pictures that stand in an HTML page."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from matplotlib import rc_context
from matplotlib.figure import Figure

#: One line after the other; told apart by their dashes too, for those who do not see colours.
_LINES = (("#0b5cad", "-"), ("#b3470f", "--"), ("#2f6f3e", "-."), ("#6b2f8a", ":"))
_SIZE = (6.4, 3.6)
#: matplotlib names every group, the same in each chart, and refers to none.
_GROUP_NAME = re.compile(r'(?<=<g) id="[^"]*"')

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Axes:
    """What a chart's axes are called, and their limits where the points do not set them."""

    across: str
    up: str
    across_limits: tuple[float, float] | None = None
    up_limits: tuple[float, float] | None = None


def curves(
    title: str,
    axes: Axes,
    lines: Mapping[str, Points],
    diagonal: bool = False,
    marked: float | None = None,
) -> Markup:
    """A figure element of HTML: an SVG picture with one curve for each of the lines, and its title.

    lines: name -> points (across, up). diagonal: whether to draw where both are the same. marked:
    a place across to draw a line at, for what is in use.
    """
    # Words stay words, and two charts of a page share no ids.
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": title, "font.size": 10}):
        figure = Figure(figsize=_SIZE, constrained_layout=True)
        plot = figure.subplots()
        for (name, points), (colour, dashes) in zip(lines.items(), _LINES, strict=False):
            across, up = zip(*points, strict=True)
            plot.plot(across, up, dashes, color=colour, marker="o", markersize=3, label=name)
        if diagonal:
            plot.plot((0, 1), (0, 1), color="#777777", linewidth=1, label="as sure as right")
        if marked is not None:
            plot.axvline(marked, color="#777777", linewidth=1, label="in use")
        plot.set(xlabel=axes.across, ylabel=axes.up)
        plot.set(xlim=axes.across_limits, ylim=axes.up_limits)
        plot.grid(color="#dddddd")
        plot.legend()
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    svg = written.getvalue()
    # The XML declaration and the document type have no place within a page.
    element = _GROUP_NAME.sub("", svg[svg.index("<svg") :].rstrip())
    picture = Markup(element.removeprefix("<svg "))  # noqa: S704 - matplotlib escapes
    return Markup(
        '<figure><svg role="img" aria-label="{0}" {1}<figcaption>{0}</figcaption></figure>'
    ).format(title, picture)
