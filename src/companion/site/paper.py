"""A page on paper: what Ctrl-P prints, and what `tools.pdf` prints of the whole book.

The rules stand in book/assets/paper.css, linked for print alone. Its script makes a dark page light while it is
printed, and gives the menu of the download button a box that opens all solutions: an open fold is printed, a closed one
is not.
"""

from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register with Sphinx: link the rules and the script on every page."""
    app.add_css_file("paper.css", media="print", priority=900)
    app.add_js_file("paper.js", loading_method="defer")
