"""404.html: what a server shows for an address at which there is no page, at any depth.

It needs no other file, since it cannot know where they are: a server shows it for /x.html and for /book/a/b/x.html
alike. Its links start from where the book is: that is the path of BOOK_URL, where it is set; otherwise a script looks
for the index of the search, in the folder that was asked for and in those above.
"""

from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from sphinx.application import Sphinx

from companion.notebook.contents import contents

CLIMB = """<script>
(async () => {
  const folders = location.pathname.split("/").slice(1, -1);
  for (let depth = folders.length; depth >= 0; depth--) {
    const folder = ["", ...folders.slice(0, depth), ""].join("/");
    const found = await fetch(`${folder}searchindex.js`, { method: "HEAD" }).catch(() => ({ ok: false }));
    if (found.ok) return document.head.append(Object.assign(document.createElement("base"), { href: folder }));
  }
})();
</script>"""
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>No such page – {book}</title>
<style>
:root {{ color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }}
body {{ max-width: 40rem; margin: 3rem auto; padding: 0 1rem; }}
input, button {{ font: inherit; padding: .3rem .6rem; }}
li {{ margin: .25rem 0; }}
</style>
{base}
</head>
<body>
<main>
<h1>No such page</h1>
<p>At this address the book has no page. Search it, or choose a page.</p>
<form action="search.html" role="search"><input name="q" type="search" aria-label="Search this book">
<button type="submit">Search</button></form>
<ul>
{links}
</ul>
</main>
</body>
</html>
"""


def html(book: str, titles: dict[str, str], address: str = "") -> str:
    """The page, with a link to each page of {name: title}; `address` is that of the pages, where it is known."""
    links = "\n".join(f'<li><a href="{name}.html">{escape(title)}</a></li>' for name, title in titles.items())
    base = f'<base href="{escape(urlsplit(address).path)}">' if address else CLIMB
    return PAGE.format(book=escape(book), base=base, links=links)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("build-finished", _write)


def _write(app: Sphinx, error: Exception | None) -> None:
    if not error and app.builder.format == "html":
        titles = {page: app.env.titles[page].astext() for page in contents(Path(app.srcdir))}
        text = html(app.config.html_title, titles, app.config.html_baseurl)
        (Path(app.outdir) / "404.html").write_text(text, encoding="utf-8")
