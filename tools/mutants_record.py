"""What became of a module's mutants: counted, stored and written as a table."""

import json
import time
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from tools.mutants_table import table
from tools.mutants_where import BUDGET, modules, scripts
from tools.mutations import Mutant

ROOT = Path(__file__).resolve().parent.parent
STORE, TABLE, SAME = (ROOT / "benchmarks" / name for name in ("mutants.json", "mutants.md", "equivalent.toml"))


def record(module: str, found: Sequence[Mutant], every: int, again: bool, tried: Callable[[Mutant], str]) -> None:
    """Store what `tried` says of every `every`-th of the mutants `found`: "alive", "killed" or "late".

    `again`: only those that were alive when the module was recorded last.
    """
    records = json.loads(STORE.read_text(encoding="utf-8")) if STORE.exists() else {}
    same = tomllib.loads(SAME.read_text(encoding="utf-8")).get(module, {}) if SAME.exists() else {}
    before = records.get(module) if again else None
    sample = [one for one in found if one.name in {name for _, name in before["alive"]}] if before else found[::every]
    ran = [one for one in sample if one.name not in same]
    started, ends = time.monotonic(), list[str]()
    for one in ran:
        ends.append(tried(one))
        if ends[-1] == "alive":
            print(f"  {module}:{one.line} {one.name}", flush=True)
    alive = [[one.line, one.name] for one, how in zip(ran, ends, strict=True) if how == "alive"]
    counts = dict(same=len(sample) - len(ran), killed=ends.count("killed"), late=ends.count("late"))
    if before:
        found_now = before | {name: before[name] + count for name, count in counts.items()}
    else:
        found_now = counts | dict(every=every, seconds=round((time.monotonic() - started) / max(1, len(ran)), 2))
    records[module] = found_now | dict(alive=alive)
    STORE.write_text(json.dumps(records, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    TABLE.write_text(table(records, [*modules(ROOT), *scripts(ROOT)], BUDGET), encoding="utf-8")
