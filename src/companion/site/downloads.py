"""What a downloaded notebook says first: the line that installs what it needs, in whatever folder it is."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode
from sphinx.application import Sphinx

from companion.notebook.contents import contents
from companion.site.published import places


def line(repository: str) -> str:
    """The sentence with the command: from the repository, or, where its address is not known, from its folder."""
    if repository:
        return f'To run this notebook: `pip install "gates-and-gradients[book] @ git+{repository}.git"`'
    return 'To run this notebook, in the folder of the book\'s repository: `pip install ".[book]"`'


def opened(nb: NotebookNode, repository: str) -> NotebookNode:
    """A copy of the notebook that opens with `line`."""
    copy = nbformat.from_dict(nb)
    first = nbformat.v4.new_markdown_cell(line(repository), id="install")
    copy.cells = [first, *copy.cells]
    return copy


def setup(app: Sphinx) -> None:
    """Register with Sphinx: the copies that a page's button downloads are written last."""
    app.connect("build-finished", _write)


def _write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    for page in contents(Path(app.srcdir)):
        chapter, copy = Path(app.srcdir, f"{page}.ipynb"), Path(app.outdir, "_sources", f"{page}.ipynb")
        if copy.exists():  # written by Sphinx, which leaves that of an unchanged page as it is
            text = nbformat.writes(opened(nbformat.read(chapter, 4), places().repository)) + "\n"
            copy.write_text(text, encoding="utf-8", newline="\n")
