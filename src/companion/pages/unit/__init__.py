"""Equation (15) for one unit: its graph, its paths, and what double counting would give."""
