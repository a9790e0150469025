"""A wrong display is noticed: each mutant of what an explorer shows makes the comparison with Python fail."""

import pytest
from tests.browser.mutants import survivors
from tests.browser.readouts import mount
from tests.browser.shown import assert_all_is_pythons, random_settings

from companion.explorers import Eq15Explorer, PathExplorer, RNNExplorer

EQ15 = {
    "a bar of another term": ("value: step.forget,", "value: step.input,"),
    "a bar of the wrong sign": ("value: step.output,", "value: -step.output,"),
    "a bar of another colour": ('value: step.input, hue: "i"', 'value: step.input, hue: "g"'),
    "a bar of another name": ('words: "candidate", value', 'words: "input gate", value'),
    "a row left out": ('    { words: "read at t−1", value: step.local, hue: "h" },\n', ""),
    "two rows exchanged": ("rows.map((one) => {", "[...rows].reverse().map((one) => {"),
    "a bar that starts at zero": ("const from = end;", "const from = 0;"),
    "a sum that starts where the bars end": ("from: 0, to: one.value", "from: end, to: one.value"),
    "a bar of half the length": ("b = x(to),", "b = x((from + to) / 2),"),
    "an arrow that points back": ("tip = b - Math.sign(b - a)", "tip = b + Math.sign(b - a)"),
    "a filled outline": ('hollow ? "ground" : hue', "hue"),
    "a joint at the wrong end": ("line(b, y, b, heights[k + 1]", "line(a, y, a, heights[k + 1]"),
    "the number of another bar": ("values[k], { class", "values[(k + 1) % values.length], { class"),
    "a digit too few": ("power < 0 ? 2 - power : 3 - power", "power < 0 ? 1 - power : 2 - power"),
    "ticks beside their lines": ("label(x(t), bottom + 17", "label(x(-t), bottom + 17"),
    "a spoken term of another": (
        "[...rows, ...below].map(({ words, value })",
        "[...rows, ...rows].map(({ words, value })",
    ),
    "a sentence of another term": ("strong(step.total / step.dl_dc)", "strong(step.direct / step.dl_dc)"),
    "a ratio upside down": ("strong(total / direct)", "strong(direct / total)"),
    "one step too many": ("`${T - 1} steps`", "`${T} steps`"),
    "a product without its seed": ("p * seed", "p"),
    "a column of another product": (
        "[far.product_of_f[0], far.product_of_jacobians[0]]",
        "[far.product_of_jacobians[0], far.product_of_f[0]]",
    ),
    "a loss that reads one too early": ("chains(held(now), now.read)", "chains(held(now), now.read_prev)"),
    "a curve of another product": ("values: far.product_of_jacobians", "values: far.product_of_f"),
    "heights of another curve": ("ys: look.values.map(y)", "ys: looks[0].values.map(y)"),
    "bars below exchanged": ('t−1", rows, [sum, alone])', 't−1", rows, [alone, sum])'),
    "a bar drawn without its sign": ("b = x(to),", "b = x(from + Math.abs(to - from)),"),
    "a sign lost in the exponent": ("×${tenTo(power)}", "×${tenTo(-power)}"),
    "two digits": ("toExponential(2)", "toExponential(1)"),
    "a minus lost": ('(x < 0 ? "−" : plus)', "plus"),
    "marks hollow where positive": ("value < 0 === wanted", "value > 0 === wanted"),
    "marks hollow nowhere": ("value < 0 === wanted", "wanted === false"),
    "hollow marks that are filled": ("fill: var(--ground); stroke-width: 1.5", "fill: var(--x); stroke-width: 1.5"),
    "an even stride": ("- 1) / 2) + 1", "- 1) / 2) + 2"),
    "marks off their curve": ("MARKS[mark](xs[k], ys[k], radius)", "MARKS[mark](xs[k], ys[0], radius)"),
    "marks of another shape": ('mark: "diamond"', 'mark: "square"'),
    "a natural logarithm": ("level(Math.log10(Math.abs(value)))", "level(Math.log(Math.abs(value)))"),
    "time that runs back": ("xs = steps.map(x)", "xs = steps.map(x).reverse()"),
    "names exchanged": ("const at = spread(names", "names.reverse();\n  const at = spread(names"),
    "powers of the wrong sign": ("String(Number(`1e${p}`)) : tenTo(p)", "String(Number(`1e${p}`)) : tenTo(-p)"),
    "a slider that moves another trait": ("{ [name]: input.valueAsNumber }", "{ f: input.valueAsNumber }"),
    "two sliders exchanged": ('control("read", by_h', 'control("read_prev", by_h'),
    "two weights exchanged": ("control(named(`w_2${name}`)", 'control(named(`w_2${name === "f" ? "i" : name}`)'),
    "a slider left out": ('["f", "i", "g", "o"].map(weight)', '["f", "i", "g"].map(weight)'),
    "a value with a digit too few": ("value.textContent = fixed(x, digits)", "value.textContent = fixed(x, 1)"),
    "a spoken value of another": ("x.toFixed(digits)", "min.toFixed(digits)"),
    "a track filled from the left": ("origin = Math.max(0, min)", "origin = min"),
    "the term of another gate": ("strong(step[term])", "strong(step.forget)"),
    "the smallest term": ("> Math.abs(step[one[0]])", "< Math.abs(step[one[0]])"),
    "the weight of another gate": ("`w_2${gate}`)], 2)", "`w_2f`)], 2)"),
    "a start that moves": ("at the start ${first", "at the start ${max"),
}
PATHS = {
    "a group of other paths": ("path.visits === visits", "path.visits >= visits"),
    "another count": ("${own.length} ${many}", "${paths.length} ${many}"),
    "the list by value, not by size": ("Math.abs(b.value) - Math.abs(a.value)", "b.value - a.value"),
    "a path too few": ("LISTED = 8", "LISTED = 7"),
    "a factor of another edge": ("by: factors[k]", "by: factors[0]"),
    "an edge of another step": ("one.step === step", "one.step >= step"),
    "another path lit": ("nodes: graph(width, largest[rank - 1])", "nodes: graph(width, largest[0])"),
    "another path spoken": ("label: spoken(largest[rank - 1])", "label: spoken(largest[0])"),
    "the row of another path": ("k + 1 === rank", "k === rank"),
    "a path read from its start": ("parts.unshift(", "parts.push("),
    "an edge of another colour": ('forget: "f", input: "i"', 'forget: "i", input: "f"'),
    "a value without its sign": ('number(value, "+")', 'number(Math.abs(value), "+")'),
    "the sum for the truth": ('words: "truth", value: truth', 'words: "truth", value: added(shares(paths))'),
    "what is lost, of the wrong sign": ("strong(truth - sum)", "strong(sum - truth)"),
    "a sum for its sizes": ("strong(both.size)", "strong(both.sum)"),
    "sizes where all have one sign": ("let least = 1", "let least = 2"),
    "sizes with their signs": ("added(shares.map(Math.abs))", "added(shares)"),
    "a switch that does nothing": ("Number(input.checked)", "0"),
    "a step too many": ("STEPS_BACK + 1 };", "STEPS_BACK + 2 };"),
}
RNN = {
    "a rate with another exponent": ("** (1 / (T - 1))", "** (1 / T)"),
    "a factor without its slope": ("strong(slope * w_2)", "strong(w_2)"),
    "the end for the start": ("over, strong(rnn[0])", "over, strong(rnn[T - 1])"),
    "a column of another unit": (
        "[rnn[0], far.product_of_f[0], far.chain[0]]",
        "[rnn[0], far.chain[0], far.product_of_f[0]]",
    ),
    "the curve of another unit": ("values: rnn,", "values: far.chain,"),
    "weight and slope exchanged": ('control("slope", whole', 'control("w_2", whole'),
    "sentences exchanged": ("strong(far.chain[0]), ...product", "strong(far.product_of_f[0]), ...product"),
}
MUTANTS = [(Eq15Explorer, EQ15), (PathExplorer, PATHS), (RNNExplorer, RNN)]


@pytest.mark.parametrize(("cls", "mutants"), MUTANTS, ids=["eq15", "paths", "rnn"])
def test_a_wrong_display_is_noticed(cls, mutants, page):
    settings = random_settings(cls, 5)

    def look(source):
        assert_all_is_pythons(mount(page, cls(), source), cls, settings)

    look(str(cls._esm))
    assert survivors(str(cls._esm), mutants, look) == []
