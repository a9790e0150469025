"""What every experiment shares: jobs in parallel processes, one thread each, and the record of how it was made."""

import os
import platform
import time
from pathlib import Path

import joblib
import numpy as np

from lstm.training import stored

RESULTS = Path(__file__).parent / "results"


def parallel(function, jobs, workers=None):
    """[function(*job) for job in jobs], in `workers` processes, all cores if None. Each has one BLAS thread."""
    workers = workers or joblib.cpu_count()  # those that this process may use
    with joblib.parallel_config(backend="loky", inner_max_num_threads=1):
        return joblib.Parallel(n_jobs=workers, verbose=5, batch_size=1)(joblib.delayed(function)(*job) for job in jobs)


def keep(name, results, started, *, networks=None):
    """Write results/<name>.json: `results`, a dict, and what made it. `networks`, {name: Model}, go into an .npz."""
    RESULTS.mkdir(exist_ok=True)
    record = {
        "made by": f"python -m experiments {name}",
        "minutes": round((time.time() - started) / 60, 1),
        "versions": {"python": platform.python_version(), "numpy": np.__version__},
        "processor": f"{platform.machine()}, {os.cpu_count()} cores",
    }
    stored.save_record(RESULTS / f"{name}.json", record | results)
    if networks is not None:
        stored.save_models(RESULTS / f"{name}.npz", networks)
