"""Forecasts of the carbon dioxide at Mauna Loa."""
