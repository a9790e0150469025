"""The answer box of an exercise, and the verdict on an answer."""

from companion.explorers.answer.box import Answer, ask, choose
from companion.explorers.answer.verdict import Verdict, verdict

__all__ = ["Answer", "Verdict", "ask", "choose", "verdict"]
