"""How a chapter writes an exercise: its number and kind, and the fold of its solution."""

import re

# "**1.** *On paper.* ..."; the second group, the kind, may be missing: a guard then complains.
EXERCISE = re.compile(r"^\*\*(\d+)\.\*\*(?: \*([\w ]+)\.\*)?", re.MULTILINE)
OPENS, ENDS = '<details class="solution"><summary>Solution</summary>', "</details>"
