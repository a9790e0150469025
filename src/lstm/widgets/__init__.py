"""The explorers: one Python class and one ES module each, alive in JupyterLab and in the built page."""

from lstm.widgets.eq15 import Eq15Explorer
from lstm.widgets.paths import PathExplorer
from lstm.widgets.regimes import RegimeExplorer
from lstm.widgets.rnn import RNNExplorer

__all__ = ["Eq15Explorer", "PathExplorer", "RNNExplorer", "RegimeExplorer"]
