"""On what a benchmark against torch ran."""

import os
import platform
from pathlib import Path

import numpy as np
import torch
from threadpoolctl import threadpool_info


def machine():
    """Versions, processor and the kernels that the libraries chose for it."""
    blas = next(lib for lib in threadpool_info() if lib["user_api"] == "blas" and "numpy" in lib["filepath"])
    info = Path("/proc/cpuinfo")
    names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    return {
        "versions": {"python": platform.python_version(), "numpy": np.__version__, "torch": torch.__version__},
        "cpu": names[0] if names else platform.processor(),
        "cores": cores(),
        "numpy_blas": f"{blas['internal_api']} {blas['version']}, {blas.get('architecture')} kernels",
        "torch_kernels": torch.backends.cpu.get_cpu_capability(),
        "settings": {
            k: v for k, v in sorted(os.environ.items()) if k.startswith(("OPENBLAS_", "OMP_", "MKL_", "NPY_"))
        },
    }


def cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
