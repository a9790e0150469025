"""The files that chapters read: data, what long runs stored, a protocol. They come with the package.

from companion import files

np.loadtxt(files.path("data/sunspots.csv"), delimiter=",", skiprows=1)
"""

from pathlib import Path

__all__ = ["names", "path"]

FOLDER = Path(__file__).parent
KINDS = {".csv", ".json", ".md", ".npz"}  # not what a run leaves behind while it writes


def names() -> list[str]:
    """What there is: data/..., as it came; results/..., of long runs; protocols/... and book/..., quoted."""
    found = (one for one in FOLDER.glob("*/*") if one.suffix in KINDS)
    return sorted(one.relative_to(FOLDER).as_posix() for one in found)


def path(name: str) -> Path:
    """Where the file `name` lies, say "data/sunspots.csv". Raises ValueError for others, and lists what there is."""
    if name not in (known := names()):
        raise ValueError(f"name: expected one of {', '.join(known)}; got {name!r}")
    return FOLDER / name
