"""What axe-core has to say against a page, or against a part of it.

It does not read MathML. So it takes a heading of a table or a link that is a formula for empty; a reader's software
reads it.
"""

from tests.conftest import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental"]
BLIND = {"empty-table-header", "link-name"}  # where it is a formula
RUN = """([within, rules]) =>
  axe.run({ include: [within], exclude: [".katex"] }, { runOnly: rules, resultTypes: ["violations"] })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, html, failureSummary }) =>
    ({ id, html: html.slice(0, 160), why: failureSummary,
       formula: Boolean(document.querySelector(target[0])?.querySelector("math")) }))))"""


def violations(page, rules=TAGS, within="html"):
    """[(rule, element, what is wrong with it)]; `rules` are names of rules or tags."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, [within, rules])
    return [(one["id"], one["html"], one["why"]) for one in found if not (one["formula"] and one["id"] in BLIND)]
