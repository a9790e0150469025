"""What the explorer of the paths must show of a setting: its list, the graph with one path lit, and the bars."""

from tests.browser.geometry import assert_bars
from tests.browser.readouts import number

from lstm import equations, paths, scalar

EDGES = {"direct": "direct", "forget": "f", "input": "i", "candidate": "g", "output": "o", "D": "h"}


def in_symbols(edges):
    """A path as its row says it, from the end back: "c(4) direct c(3) forget h(2) D c(2) ..."."""
    step, words = 1, "c(1)"
    for edge in edges:
        step += edge != "D"
        state = "h" if edge in ("D", "output") else "c"
        words = f"{state}({step}) {edge} {words}"
    return words


def assert_graph(seen, explorer, found):
    """One path of the graph is lit, the one whose row is marked; its factors are those of `lstm.paths`."""
    words = [path for path, _ in seen.rows]
    (marked,) = [k for k, current in enumerate(seen.current) if current == "true"]
    assert marked == min(explorer.rank, len(found)) - 1
    (one,) = [one for one in found if in_symbols(one.path.edges) == words[marked]]
    step, lit, factors, (params, trace) = 1, [], [], explorer.cell()
    for edge in one.path.edges:
        slope = equations.output_slope(trace.o[step - 1], trace.c[step - 1])[0]
        by = slope if edge == "D" else paths._edges_into(params, trace, step + 1)[edge][0, 0]
        lit.append(f"{edge} {step}")
        factors.append(("f" if edge == "direct" else edge, number(by)))
        step += edge != "D"
    graph = seen.figures[0]
    assert sorted(p["edge"] for p in graph.paths if p["kind"] == "edge lit") == sorted(lit)
    assert sorted(p["edge"] for p in graph.paths) == sorted(
        f"{edge} {k}" for k in (1, 2, 3) for edge in EDGES if k < 3 or edge != "output"
    )
    assert [tuple(w["text"].split()) for w in graph.texts if w["kind"] == "middle factor"] == factors
    spoken = " times ".join(f"{edge} {value}" for edge, (_, value) in zip(one.path.edges, factors, strict=True))
    assert graph.label == f"The graph of the states; lit, the path {spoken} is {number(one.value[0, 0])}."


def assert_paths(seen, explorer):
    found, truth = explorer.contributions(), scalar.chains(*explorer.cell()).chain[0]
    value_of = {in_symbols(one.path.edges): float(one.value[0, 0]) for one in found}
    total, many = sum(value_of.values()), len(found)
    both = min(value_of.values()) < 0 < max(value_of.values())
    sizes = f", their sizes to {number(sum(map(abs, value_of.values())))}" if both else ""
    lost = f" The paths that are cut would add {number(truth - total)}." if explorer.detach else ""
    paths = f"{many} path{' adds' if many == 1 else 's add'}"
    assert seen.say == [f"{paths} up to {number(total)}{sizes}; the true derivative is {number(truth)}.{lost}"]
    assert seen.soft == []
    assert seen.heads == ["path, from the end back", "adds"]
    largest = sorted(value_of.values(), key=abs, reverse=True)[:8]
    assert [value for _, value in seen.rows] == [number(value, "+") for value in largest]
    assert {path for path, _ in seen.rows} <= value_of.keys()
    assert [value for _, value in seen.rows] == [number(value_of[path], "+") for path, _ in seen.rows]
    assert len({path for path, _ in seen.rows}) == len(seen.rows)
    assert all(EDGES[edge] == hue for row in seen.hues for hue, edge in row)
    assert [len(row) for row in seen.hues] == [path.count(" ") // 2 for path, _ in seen.rows]
    assert_graph(seen, explorer, found)
    rows = []
    for visits in range(4):
        own = [
            float(one.value[0, 0])
            for one in found
            if one.path.edges.count("D") + one.path.edges.count("output") == visits
        ]
        words = f"{visits} h: {len(own)} path{'' if len(own) == 1 else 's'}"
        rows.append((words, sum(own), "h" if visits else "direct"))
    spoken = ", ".join(f"{name} {number(value)}" for name, value, *_ in (*rows, ("sum", total), ("truth", truth)))
    assert seen.figures[1].label == f"Paths by the number of hidden states they visit: {spoken}."
    assert_bars(seen.figures[1], rows, [("sum", total, "c", "strong"), ("truth", truth, "c", "hollow")])
