"""The explorers: one Python class and one ES module each, alive in JupyterLab and in the built page."""

from lstm.widgets.eq15 import Eq15Explorer

__all__ = ["Eq15Explorer"]
