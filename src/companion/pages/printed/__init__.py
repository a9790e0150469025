"""The printed form of Eq. (15), and its derivations by SymPy."""
