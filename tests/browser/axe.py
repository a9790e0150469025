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

# axe weighs every element of a page, and most of them are the parts of formulas, which it is not asked about, and
# the words of code. Here a formula is one text in a box of its size, and code has one word of each kind in its colour.
LIGHTEN = """() => {
  for (const formula of document.querySelectorAll(".katex-html")) {
    const { width, height } = formula.getBoundingClientRect();
    formula.textContent = formula.textContent;
    formula.style.cssText = `display: inline-block; overflow: hidden; width: ${width}px; height: ${height}px`;
  }
  for (const spoken of document.querySelectorAll(".katex math")) spoken.textContent = spoken.textContent;
  for (const code of document.querySelectorAll("pre")) {
    const kinds = new Set();
    for (const word of code.querySelectorAll("span[class]:not(:has(*))"))
      if (kinds.has(word.className)) word.replaceWith(word.textContent);
      else kinds.add(word.className);
  }
}"""


def violations(page, rules=TAGS, within="html"):
    """[(rule, element, what is wrong with it)]; `rules` are names of rules or tags."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, [within, rules])
    return [(one["id"], one["html"], one["why"]) for one in found if not (one["formula"] and one["id"] in BLIND)]
