"""The state of widgets that a notebook stores: the page runs them from it."""

from typing import Any

from nbformat import NotebookNode

WIDGET_STATE = "application/vnd.jupyter.widget-state+json"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def models(nb: NotebookNode | dict[str, Any]) -> dict[str, dict[str, Any]]:
    """{id: state} of all widget models of a notebook, in their order."""
    stored = nb.get("metadata", {}).get("widgets", {}).get(WIDGET_STATE, {}).get("state", {})
    return {name: model["state"] for name, model in stored.items()}
