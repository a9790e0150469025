"""The explorers: one Python class and one ES module each, alive in JupyterLab and in the built page."""

from companion.explorers.answer import Answer, ask, choose
from companion.explorers.cell import CellExplorer
from companion.explorers.chain import ChainExplorer
from companion.explorers.eq15 import Eq15Explorer
from companion.explorers.gate import GateExplorer
from companion.explorers.memory import MemoryExplorer
from companion.explorers.museum import MuseumExplorer
from companion.explorers.paths import PathExplorer
from companion.explorers.recurrences import RecurrenceExplorer
from companion.explorers.regimes import RegimeExplorer
from companion.explorers.rnn import RNNExplorer
from companion.explorers.sweep import SweepExplorer

__all__ = [
    "Answer",
    "CellExplorer",
    "ChainExplorer",
    "Eq15Explorer",
    "GateExplorer",
    "MemoryExplorer",
    "MuseumExplorer",
    "PathExplorer",
    "RNNExplorer",
    "RecurrenceExplorer",
    "RegimeExplorer",
    "SweepExplorer",
    "ask",
    "choose",
]
