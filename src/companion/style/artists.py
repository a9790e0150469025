"""An artist as a line of text: its kind, how it looks, and its numbers.

Numbers are in the coordinates of the data unless the line says otherwise, as "in axes", 0 to 1 from edge to edge.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import Collection, QuadMesh
from matplotlib.contour import ContourSet
from matplotlib.image import AxesImage
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Transform

from companion.style.axis import span
from companion.style.looks import (
    collection_look,
    colour,
    line_look,
    map_look,
    patch_look,
    quoted,
    text_look,
    thing,
    words,
)
from companion.style.rounded import listed, number

Frame = tuple[str, tuple[float, float]]  # which coordinates, in words, and how far they reach


def artist(child: Artist) -> str:
    """The line of one artist. Raises TypeError for a kind that is not described, as it could change unseen."""
    for kind, describe in KINDS.items():
        if isinstance(child, kind):
            label = str(child.get_label() or "")
            named = f" label {quoted(label)}" if label and not label.startswith("_") else ""
            return f"{describe(child)}{named} z{number(child.get_zorder())}"
    raise TypeError(f"figure: expected artists among {[kind.__name__ for kind in KINDS]}, got {type(child).__name__}")


def _line(line: Any) -> str:
    return f"line {line_look(line)}: {_points(line.get_xydata(), *_frame(line, line.get_transform()))}"


def _text(text: Any) -> str:
    place = _points([text.get_position()], *_frame(text, text.get_transform()))
    return f"text {text_look(text)} {text.get_ha()} {text.get_va()}: {place}"


def _annotation(note: Any) -> str:
    """Anchor and place, each in the coordinates that it was given in."""
    anchor = _points([note.xy], *_named(note, note.xycoords))
    place = _points([note.xyann], *_named(note, note.anncoords))
    arrow = f" arrow {words(note.arrowprops)}" if note.arrowprops else ""
    return f"note {text_look(note)} {note.get_ha()} {note.get_va()}: {anchor} to {place}{arrow}"


def _patch(patch: Any) -> str:
    frame = _frame(patch, patch.get_data_transform())
    if not hasattr(patch, "get_width"):
        corners = patch.get_patch_transform().transform(patch.get_path().vertices)
        return f"patch {patch_look(patch)}: {_points(corners, *frame)}"
    centre = patch.get_center() if hasattr(patch, "get_center") else (patch.get_x(), patch.get_y())
    box = f" {thing(patch.get_boxstyle())}" if hasattr(patch, "get_boxstyle") else ""
    turned = f" turned {number(patch.get_angle())}" if getattr(patch, "angle", 0) else ""
    size = _points([(patch.get_width(), patch.get_height())], *frame)
    name = type(patch).__name__.lower()
    return f"{name} {patch_look(patch)}{box}{turned}: {_points([centre], *frame)} size {size}"


def _arrow(arrow: Any) -> str:
    """Its path as it was given: the path that is drawn depends on the size of the axes."""
    path = arrow._path_original
    points = arrow._posA_posB if path is None else path.vertices
    how = f"{thing(arrow.get_arrowstyle())} {number(arrow.get_mutation_scale())} {arrow.get_capstyle()}"
    how += f" {listed([arrow.shrinkA, arrow.shrinkB])}"
    return f"arrow {patch_look(arrow)} {how}: {_points(points, *_frame(arrow, arrow.get_data_transform()))}"


def _collection(collection: Any) -> str:
    """Areas and bundles of lines by their corners; marks by their places, sizes, and the corners of a mark."""
    corners = np.concatenate([path.vertices for path in collection.get_paths()] or [np.empty((0, 2))])
    look = collection_look(collection)
    name = type(collection).__name__
    if len(collection.get_offsets()) == 1 and not np.any(collection.get_offsets()):
        return f"{name} {look}: {_points(corners, *_frame(collection, collection.get_transform()))}"
    sizes = listed(collection.get_sizes()) if hasattr(collection, "get_sizes") else ""
    places = _points(collection.get_offsets(), *_frame(collection, collection.get_offset_transform()))
    return f"{name} {look} sizes {sizes} mark {_points(corners)}: {places}"


def _mesh(mesh: Any) -> str:
    corners = mesh.get_coordinates().reshape(-1, 2)
    return f"mesh {collection_look(mesh)}: {_points(corners, *_frame(mesh, mesh.get_transform()))}"


def _image(image: Any) -> str:
    return f"image {map_look(image)} {image.get_interpolation()}: {listed(image.get_extent())}"


def _contours(contours: Any) -> str:
    """Levels, not lines: gaps for labels, and which lines have one, are a matter of the layout and the font."""
    ends = listed([contours.zmin, contours.zmax], contours.zmax - contours.zmin)
    labelled = [contours.get_text(level, contours.labelFmt) for level in getattr(contours, "labelLevelList", ())]
    look = f"{colour(contours.get_facecolor())} edge {colour(contours.get_edgecolor())}"
    look += f" {contours.linestyles or ''} {listed(contours.get_linewidth())}"
    return f"contours {look} of {ends}: {listed(contours.levels)} labels {' '.join(map(quoted, labelled))}"


def _legend(legend: Any) -> str:
    around = legend.axes.transAxes if legend.isaxes else legend.get_figure().transFigure
    anchor = legend.get_bbox_to_anchor().transformed(around.inverted())
    place = f"{listed(np.atleast_1d(legend._loc))} {legend._outside_loc or ''} {listed(anchor.bounds, 1)}"
    settings = words({k: getattr(legend, k) for k in LENGTHS} | {"columns": legend._ncols})
    frame = f" on {patch_look(legend.get_frame())}" if legend.get_frame_on() else ""
    looks: dict[type[Artist], Callable[[Any], str]] = {
        Line2D: line_look,
        Collection: collection_look,
        Patch: patch_look,
    }
    entries = [f"title {text_look(legend.get_title())}"] if legend.get_title().get_text() else []
    for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=True):
        look = next(describe for kind, describe in looks.items() if isinstance(handle, kind))
        entries.append(f"{text_look(text)} = {look(handle)}")
    return f"legend {place} {settings}{frame}: {'; '.join(entries)}"


LENGTHS = ("borderaxespad", "borderpad", "columnspacing", "handlelength", "handletextpad", "labelspacing")
# The first kind that fits describes an artist.
KINDS: dict[type[Artist], Callable[[Any], str]] = {
    Line2D: _line,
    Annotation: _annotation,
    Text: _text,
    FancyArrowPatch: _arrow,
    Patch: _patch,
    ContourSet: _contours,
    QuadMesh: _mesh,
    Collection: _collection,
    AxesImage: _image,
    Legend: _legend,
}


def _points(points: Any, frame: str = "", spans: tuple[float, float] = (0, 0)) -> str:
    """x of all points, then y, and what they are coordinates of."""
    places: np.ndarray = np.ma.asarray(points, float).reshape(-1, 2)
    return f"x {listed(places[:, 0], spans[0])} y {listed(places[:, 1], spans[1])}{frame}"


def _frame(child: Any, transform: Transform) -> Frame:
    """Which coordinates a transform takes, in words, and how far they reach (0: take any number as it is)."""
    axes = child.axes
    if axes is None:
        return (" in figure" if transform == child.get_figure().transFigure else f" in {type(transform).__name__}"), (
            1,
            1,
        )
    across, up = span(axes.xaxis, axes.get_xlim()), span(axes.yaxis, axes.get_ylim())
    frames = [
        ("", axes.transData, (across, up)),
        (" in axes", axes.transAxes, (1, 1)),
        (" y in axes", axes.get_xaxis_transform(), (across, 1)),
        (" x in axes", axes.get_yaxis_transform(), (1, up)),
    ]
    for word, known, spans in frames:
        if transform == known:
            return word, spans
    return f" in {type(transform).__name__}", (0, 0)


def _named(note: Any, coordinates: Any) -> Frame:
    """As `_frame`, of coordinates that an annotation may name instead."""
    if not isinstance(coordinates, str):
        return _frame(note, coordinates)
    return _frame(note, note.axes.transData) if coordinates == "data" else (f" in {coordinates}", (1, 1))
