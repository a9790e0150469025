"""Public functions that are no doors, each with the reason: nothing there is called by hand with whatever one has."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

from tests.fuzz.doors import named

import lstm

KERNEL = "a kernel: it only computes, and a door has checked its arguments"
CHECK = "it is a check itself, which the doors call with arguments of their own"
FILES = "it reads or writes a file or a model; tests of refusals are in test_stored, test_weights_files"
BATCHES = "it draws batches without an end; tests of its refusals are in test_tasks and test_tracking"
WORDS = "it makes words of what a door has found"
CELL = "a part of the description of a cell; recurrences.run and the functions beside it are its doors"

# A module, or a function of one, and why what is public there is no door.
REASONS = {
    "audit": "a part of audit and audit_layers, which are doors; findings and report take what these return",
    "check": "lstm.check takes functions that may be wrong in any way; tests of its refusals are in test_check_guards",
    "checks": CHECK,
    "ranges": CHECK,
    "equations": KERNEL,
    "fast.columns": KERNEL,
    "fast.memory.valid": CHECK,
    "fast.batched.real": CHECK,
    "bptt.swept": KERNEL,
    "cell.check_start": CHECK,
    "cell.check_params": CHECK,
    "cell.check_trace": CHECK,
    "cell.check_steps": CHECK,
    "edges.span": CHECK,
    "edges.visits": WORDS,
    "edges.gates_used": WORDS,
    "edges.words": WORDS,
    "gradient.swept": KERNEL,
    "gradient.slopes_of": KERNEL,
    "gradient.columns": KERNEL,
    "gradient.step_of": KERNEL,
    "gradient.at_step": CHECK,
    "proofs.worst": "it compares what two ways found, whatever that is, and keeps a NaN in sight",
    "proofs.loss_from": KERNEL,
    "recurrences.layers": KERNEL,
    "recurrences.exponential": CELL,
    "recurrences.linear": CELL,
    "recurrences.lstm_cell": CELL,
    "recurrences.matrix": CELL,
    "recurrences.minimal": CELL,
    "recurrences.rotating": CELL,
    "recurrences.rwkv4": CELL,
    "recurrences.slstm": CELL,
    "recurrences.torch_gru": CELL,
    "recurrences.kinds": CELL,
    "recurrences.flow.variant": CELL,
    "recurrences.flow.matrix": KERNEL,
    "recurrences.scan.compose": KERNEL,
    "rnn.jacobian": KERNEL,
    "rnn.check_params": CHECK,
    "training.kinds": CHECK,
    "training.loop.train": "it takes functions and endless batches; tests of its refusals are in test_training_stops",
    "training.models.flatten": KERNEL,
    "training.models.unflatten": KERNEL,
    "training.optimiser.positive": CHECK,
    "training.stored": FILES,
    "training.tasks": BATCHES,
    "training.tracking": BATCHES,
    "variants.blocks.shapes": KERNEL,
    "variants.blocks.weights": KERNEL,
    "variants.blocks.activations": KERNEL,
    "variants.blocks.deltas": KERNEL,
    "variants.flow.run_steps": CHECK,
    "variants.flow.seed_of": KERNEL,
    "variants.flow.rows_at": CHECK,
    "variants.peephole.step": KERNEL,
    "variants.tied.no_forget_step": KERNEL,
    "variants.tied.coupled_step": KERNEL,
    "weights.keras.layer_arrays": CHECK,
    "weights.onnx.read_direction": CHECK,
    "weights.onnx_graph": FILES,
    "weights.safetensors": FILES,
    "weights.places": CHECK,
    "weights.pytorch.read_place": CHECK,
    "weights.stacked": KERNEL,
    "weights.taken": CHECK,
}


def public() -> Iterator[str]:
    """The names of all functions of the library that begin with no underscore, each by the module that defines it."""
    for module in pkgutil.walk_packages(lstm.__path__, "lstm."):
        if not module.name.endswith("__main__"):
            for name, one in vars(importlib.import_module(module.name)).items():
                if inspect.isfunction(one) and one.__module__ == module.name and not name.startswith("_"):
                    yield named(one)


def reason(name: str) -> str | None:
    """The reason for this function, or for the module or package that it stands in; None where there is none."""
    parts = name.split(".")
    return next((REASONS[key] for k in range(len(parts), 0, -1) if (key := ".".join(parts[:k])) in REASONS), None)
