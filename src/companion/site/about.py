"""Who wrote the book, in which version, under which licences, and how to cite it: CITATION.cff says it, once.

The foot of every page, and the first page of the book on paper, are made from it.
"""

from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

FILE = "CITATION.cff"
# What is under which licence, by its name in CITATION.cff, and where its text stands.
LICENCES = {
    "CC-BY-4.0": ("Text and figures", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "BSD-3-Clause": ("code", "BSD-3-Clause", "https://opensource.org/license/bsd-3-clause"),
}


class About(NamedTuple):
    """What CITATION.cff says of the book."""

    title: str
    authors: str
    version: str
    year: int
    licences: tuple[str, ...]

    def citation(self, address: str = "") -> str:
        """How to cite the book, with the address at which it can be read where that is known."""
        said = f"{self.authors} ({self.year}). {self.title}. Version {self.version}."
        return f"{said} {address}" if address else said

    def bibtex(self, address: str = "") -> str:
        """The same as an entry for BibTeX. The braces keep names and capitals as they are."""
        fields = {
            "author": f"{{{self.authors}}}",
            "title": f"{{{self.title}}}",
            "year": self.year,
            "note": f"Version {self.version}",
            **({"url": address} if address else {}),
        }
        return "\n".join(["@misc{gatesandgradients,", *(f"  {key} = {{{said}}}," for key, said in fields.items()), "}"])


def read(root: Path) -> About:
    """What CITATION.cff of the checkout `root` says. ValueError where a field is missing or a licence unknown."""
    stated: dict[str, Any] = yaml.safe_load((root / FILE).read_text(encoding="utf-8"))
    if missing := [key for key in ("title", "authors", "version", "date-released", "license") if not stated.get(key)]:
        raise ValueError(
            f"{FILE}: expected the fields title, authors, version, date-released and license, {missing} not there"
        )
    licences = tuple(stated["license"]) if isinstance(stated["license"], list) else (stated["license"],)
    if unknown := [one for one in licences if one not in LICENCES]:
        raise ValueError(f"{FILE}: expected licences out of {sorted(LICENCES)}, got {unknown}")
    names = [one.get("name") or f"{one['given-names']} {one['family-names']}" for one in stated["authors"]]
    return About(stated["title"], ", ".join(names), str(stated["version"]), stated["date-released"].year, licences)


def licensed(about: About) -> str:
    """The line of the licences, as HTML."""
    parts = [LICENCES[one] for one in LICENCES if one in about.licences]
    return "; ".join(f'{what}: <a href="{url}" rel="license">{name}</a>' for what, name, url in parts) + "."


def foot(about: About, address: str = "") -> str:
    """The foot of a page, as HTML."""
    return (
        f"<p>Version {escape(about.version)}. {licensed(about)}</p>\n"
        f"<p>To cite: {escape(about.citation(address))}</p>\n"
        f"<details><summary>BibTeX</summary><pre>{escape(about.bibtex(address))}</pre></details>"
    )


def setup(app: Sphinx) -> None:
    """Register with Sphinx: the theme writes the foot on every page."""
    app.connect("config-inited", _foot)


def _foot(app: Sphinx, config: Any) -> None:
    try:
        config.html_theme_options["extra_footer"] = foot(read(Path(app.srcdir)), config.html_baseurl)
    except ValueError as error:
        raise ExtensionError(str(error)) from None
