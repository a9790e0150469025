"""A museum of broken backward passes: real bugs, the checks that miss them, and the one that does not.

The specimen is a small correct layer. An exhibit is the specimen with a few lines exchanged, a check is a
function that has been used to call such a layer tested. `verdicts` puts every exhibit before every check:

    print(museum.diff(museum.find("dh_overwritten")))
    museum.table(museum.verdicts())
"""

from companion.pages.museum.bookkeeping import BOOKKEEPING
from companion.pages.museum.card import card
from companion.pages.museum.checkers import CHECKS, Check
from companion.pages.museum.exhibit import CONTROL, Exhibit, build, diff, source
from companion.pages.museum.formulas import FORMULAS
from companion.pages.museum.guide import EXHIBITS, Verdict, find, table, verdicts
from companion.pages.museum.measured import hall, partings
from lstm.check import specimen

__all__ = [
    "BOOKKEEPING",
    "CHECKS",
    "CONTROL",
    "EXHIBITS",
    "FORMULAS",
    "Check",
    "Exhibit",
    "Verdict",
    "build",
    "card",
    "diff",
    "find",
    "hall",
    "partings",
    "source",
    "specimen",
    "table",
    "verdicts",
]
