"""Forecasts of the sunspot numbers."""
