"""The chart of two norms over the steps back, as the explorers of the regimes and of the recurrences have it."""

import numpy as np
from tests.browser.geometry import assert_marks, assert_near, axis, log10_of, numbers
from tests.browser.readouts import number


def assert_norms(figure, shown, many, product):
    """Median lines with marks, and bands between the quartiles of many networks, on a log axis against the steps back.

    product: how the product of the direct factors is named.
    """
    steps = len(shown["true_curve"][0])
    looks = [
        (product, "direct", "direct", "7 4", "diamond", "end"),
        ("true chain", "true", "c", "none", "disc", "end strong"),
    ]
    spoken = ", ".join(f"{words} {number(shown[f'{name}_norm'][1])}" for words, name, *_ in looks)
    assert figure.label == f"Norms on a log axis against the steps back, 0 to {steps}. At {steps}: {spoken}."
    y = axis([(log10_of(t["text"]), t["at"][1] - 4.5) for t in figure.texts if t["kind"] == "tick"])
    x = axis([(int(t["text"]), t["at"][0]) for t in figure.texts if t["kind"] == "middle tick"])(
        np.arange(steps, -1, -1)
    )
    assert x[0] < x[-1]
    assert y(1) < y(0)
    *bands, a, b, c, d, e, f = figure.paths
    assert len(bands) == (0 if many == 1 else 2)
    names, leads = (
        [one for one in group if one[hue]] for group, hue in ((figure.texts, "fill"), (figure.lines, "stroke"))
    )
    assert len(names) == len(looks)
    for k, (words, name, hue, dash, mark, kind) in enumerate(looks):
        lower, middle, upper = (np.array([*one, 0]) / 100 for one in shown[f"{name}_curve"])
        line, filled, hollow = ((a, b, c), (d, e, f))[k]
        assert_near(np.reshape(numbers(line["d"]), (-1, 2)), np.transpose([x, y(middle)]), f"points of {words}")
        assert_marks(filled["d"], hollow["d"], mark, x, y(middle), np.ones(steps + 1), words)
        assert [line["stroke"], filled["fill"], line["dash"].replace("px", "").replace(",", "")] == [
            f"var(--{hue})"
        ] * 2 + [dash]
        assert [names[k]["text"], names[k]["kind"], names[k]["fill"]] == [words, kind, f"var(--{hue})"]
        assert_near(leads[k]["at"][2:], [x[0] - 5, y(middle)[0]], f"the line from {words}")
        if bands:
            wanted = [*zip(x, y(upper), strict=True), *zip(x[::-1], y(lower)[::-1], strict=True)]
            assert_near(np.reshape(numbers(bands[k]["d"]), (-1, 2)), wanted, f"band of {words}")
            assert bands[k]["fill"] == f"var(--{hue})"
