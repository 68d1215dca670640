"""Bar charts of estimates: a row each, its bar and interval drawn as inline SVG. Pure."""

from collections.abc import Iterable

from bot.elements import Html, element
from rag.evaluation.bootstrap import Estimate

Row = tuple[str, str, Estimate]  # what it is, how many questions, how it came out
_WIDTH, _HEIGHT = 200, 16  # units of the drawing; it is stretched to its place


def bar_chart(title: str, rows: Iterable[Row], *, fault: bool = False) -> Html:
    """A bar for each row from 0 to 1, with a line for its interval and the figures beside it.

    Args:
        title: what is shown.
        rows: the bars.
        fault: less is better, which is shown by the colour.
    """
    drawn = [
        element(
            "tr",
            element("th", element("bdi", label), scope="row"),
            element("td", count, class_="count"),
            element("td", _bar(estimate), class_="bar"),
            element("td", f"{estimate.value:.3f}", dir="ltr", class_="value"),
            element("td", f"{estimate.low:.3f}…{estimate.high:.3f}", dir="ltr", class_="interval"),
        )
        for label, count, estimate in rows
    ]
    body = element("tbody", *drawn)
    return element("table", element("caption", title), body, class_="chart fault" if fault else "chart")


def _bar(estimate: Estimate) -> Html:
    middle = _HEIGHT / 2
    grid = [_line(_WIDTH * part / 4, 0, _WIDTH * part / 4, _HEIGHT, "grid") for part in range(5)]
    size = {"width": _number(_WIDTH * estimate.value), "height": _number(_HEIGHT - 6)}
    bar = element("rect", x="0", y="3", **size)
    low, high = _WIDTH * estimate.low, _WIDTH * estimate.high
    ends = [_line(x, middle - 4, x, middle + 4, "whisker") for x in (low, high)]
    drawing = (*grid, bar, _line(low, middle, high, middle, "whisker"), *ends)
    return element(
        "svg", *drawing, viewBox=f"-1 0 {_WIDTH + 2} {_HEIGHT}", preserveAspectRatio="none", aria_hidden="true"
    )


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Html:
    ends = {"x1": _number(x1), "y1": _number(y1), "x2": _number(x2), "y2": _number(y2)}
    return element("line", **ends, class_=kind)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
