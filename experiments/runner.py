"""What every experiment shares: jobs in parallel, here or on a cluster, and the record of how it was made.

A finished job is stored at once (experiments.parts), so that a run that was killed goes on where it was. Results are
the same to the byte with one process, with several, and on a Dask cluster: each job draws from generators of its own.
"""

import contextlib
import functools
import os
import platform
import sys
import threading
import time

import joblib
import numpy as np
from tqdm import tqdm

from companion import files
from experiments import parts, protocol
from lstm.training import stored

RESULTS = files.FOLDER / "results"


class _Bar(tqdm):
    """A bar that no thread watches: the processes of the jobs are enough."""

    monitor_interval = 0


def run(name, function, jobs, *, workers=None, scheduler=None):
    """[function(*job) for job in jobs], for the experiment `name`: in parallel, and those made before from their parts.

    function    of a module; what it returns depends on its arguments alone
    jobs        tuples of plain arguments: numbers, strings
    workers     processes of this machine, with one BLAS thread each; None: one for each core
    scheduler   address of a Dask scheduler, whose workers take the place of these processes

    Raises RuntimeError where the protocol of `name` is not committed, or a worker has other code than this process or
    more than one BLAS thread; TypeError where the function is not at the top level of a module: a lambda has a name,
    and so a part, in common with others.
    """
    module = sys.modules.get(getattr(function, "__module__", None))
    if getattr(module, getattr(function, "__qualname__", ""), None) is not function:
        raise TypeError(f"function: expected one at the top level of a module, got {function!r}")
    place = _place(name)
    wanted = [(parts.key(function, job), job) for job in jobs]
    found = {key: part for key, _ in wanted if (part := parts.load(place, key))}
    missing = {key: job for key, job in wanted if key not in found}
    bar = _Bar(total=len(found) + len(missing), initial=len(found), desc=name, unit="job", file=sys.stderr)
    with bar, _parallel(workers, scheduler) as each:
        caller = os.getpid() if scheduler is None else None
        calls = (joblib.delayed(_timed)(parts.CODE, caller, key, function, job) for key, job in missing.items())
        for key, part in each(calls):
            parts.save(place, key, part)
            found[key] = part
            bar.update()
    return [found[key].result for key, _ in wanted]


def keep(name, results, started, *, networks=None, arrays=None):
    """Write results/<name>.json: `results`, a dict, and what made it; then the parts of its jobs are removed.

    `networks`, {name: Model}, or `arrays`, {name: array}, go into an .npz file. Each file is replaced as a whole, the
    record last; what is killed between the two still has the parts, and a new run writes both.
    """
    RESULTS.mkdir(exist_ok=True)
    place = _place(name)
    made = [parts.load(place, path.stem) for path in place.glob("*.pickle")]
    versions = {"python": platform.python_version(), "numpy": np.__version__}
    if "numba" in sys.modules:
        versions["numba"] = sys.modules["numba"].__version__
    record = {
        "made by": f"python -m experiments {name}",
        "minutes": round((time.time() - started) / 60, 1),
        "processor minutes": round(sum(part.seconds for part in made) / 60, 1),
        "versions": versions,
        "processor": "; ".join(sorted({part.processor for part in made})) or _processor(),
    }
    if told := protocol.of(name):
        record["protocol"] = told
    if networks is not None:
        stored.save_models(RESULTS / f"{name}.npz", networks)
    if arrays is not None:
        stored.save_arrays(RESULTS / f"{name}.npz", arrays)
    stored.save_record(RESULTS / f"{name}.json", record | results)
    parts.remove(RESULTS, name)


def _place(name):
    told = protocol.of(name)
    return parts.folder(RESULTS, name, parts.CODE, told and told["commit"])


@contextlib.contextmanager
def _parallel(workers, scheduler):
    """joblib's `Parallel`, giving results as they come."""
    settings = {"return_as": "generator_unordered", "batch_size": 1}
    if scheduler is None:
        with joblib.parallel_config(backend="loky", inner_max_num_threads=1):
            yield joblib.Parallel(n_jobs=workers or joblib.cpu_count(), **settings)
    else:
        from distributed import Client  # only here: it is an extra of its own, and slow to import

        with Client(scheduler), joblib.parallel_config(backend="dask"):
            yield joblib.Parallel(n_jobs=workers or -1, **settings)


def _timed(code, caller, key, function, job):
    """(key, `Part`) of one job, in the process that does it; caller: the command's own process, None on a cluster."""
    if code != parts.CODE:
        raise RuntimeError(f"{platform.node()}: this worker has other code, data or versions than the command")
    if os.getpid() != caller and os.environ.get("OPENBLAS_NUM_THREADS") != "1":
        raise RuntimeError(f"{platform.node()}: expected OPENBLAS_NUM_THREADS=1 where this worker was started")
    if caller not in (None, os.getpid()):
        _end_with(caller)
    started = time.thread_time()  # a worker of a cluster may have several threads
    result = function(*job)
    return key, parts.Part(result, time.thread_time() - started, _processor())


@functools.cache
def _end_with(parent):
    """From now on this process ends when `parent` has: workers of a command that was killed would work on."""

    def watch():
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _processor():
    return f"{platform.machine()}, {os.cpu_count()} cores"
