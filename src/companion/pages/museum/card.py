"""An exhibit of the museum as a card in its chapter."""

import html

from IPython.display import Markdown

from companion.pages.museum.exhibit import Exhibit, diff


def card(exhibit: Exhibit) -> Markdown:
    """Return an `Exhibit` as a card for a notebook: where it was seen, what was changed, hint and fix folded.

    Raises TypeError if `exhibit` is not an `Exhibit`.
    """
    change = diff(exhibit)
    seen_in = f" *Source: {html.escape(exhibit.source)}.*" if exhibit.source else ""
    folds = "".join(
        f"<details><summary>{title}</summary><p>{html.escape(text)}</p></details>\n"
        for title, text in [("Hint", exhibit.hint), ("Fix", exhibit.fix)]
    )
    caught = f"The check `{exhibit.caught_by}` catches it, and `{exhibit.missed_by}` misses it."
    signs = "A line with `-` is the specimen's, a line with `+` stands in its place:"
    return Markdown(f"{exhibit.seen}{seen_in}\n\n{signs}\n\n```diff\n{change}\n```\n\n{caught}\n\n{folds}")
