"""Audit a network: how saturated its gates are, how long it remembers, by which paths its gradient comes back.

`audit` measures, `report` writes the measures down, `findings` says what they may mean. As a command:
python -m lstm.audit weights.safetensors sequences.npy
"""

from lstm.audit.finding import Finding, Findings
from lstm.audit.findings import findings
from lstm.audit.layers import audit_layers
from lstm.audit.report import Audit, audit, report

__all__ = ["Audit", "Finding", "Findings", "audit", "audit_layers", "findings", "report"]
