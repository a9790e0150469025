"""Audit a network: how saturated its gates are, how long it remembers, by which paths its gradient comes back."""

from lstm.audit.layers import audit_layers
from lstm.audit.report import Audit, audit, report

__all__ = ["Audit", "audit", "audit_layers", "report"]
