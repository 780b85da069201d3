"""The style sheets: values of the design page, enough contrast, nothing missing and nothing from elsewhere."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from bekwaam.config.npm_files import FILES, PREFIX

ROOT = Path(__file__).parents[2]
FRAME = ROOT / "src" / "bekwaam" / "frame"
CSS = FRAME / "static" / "frame" / "css"
DESIGN = ROOT.parent / "shared" / "design" / "DESIGN-LANGUAGE.md"
SHEETS = {path.name: path.read_text(encoding="utf-8") for path in sorted(CSS.glob("*.css"))}
TOKEN = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);")
TOKENS = {name: (light, dark) for name, light, dark in TOKEN.findall(SHEETS["tokens.css"])}
GROUNDS = ("page", "sunk", "hover", "accent-soft", "mark")
TEXT_ON_GROUNDS = ("ink", "ink-2", "ink-3", "accent", "attention")
ADJACENT = (("accent-ink", "accent"), ("ink", "attention-soft"), ("attention", "attention-soft"))


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.shared
@pytest.mark.skipif(not DESIGN.exists(), reason="the design page is not beside this checkout")
def test_the_colours_are_those_of_the_design_page() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (.+) \|$", DESIGN.read_text(encoding="utf-8"), flags=re.MULTILINE)
    written = {name: tuple(re.findall(r"`(#\w{6})`", rest)) for name, rest in rows}
    wanted = {name: colours for name, colours in written.items() if len(colours) == 2}
    assert len(wanted) == 23
    assert wanted == TOKENS


PIXELS_A_REM = 16


def token(name: str) -> str:
    found = re.search(rf"--{name}: ([^;]+);", SHEETS["tokens.css"])
    assert found is not None, name
    return found[1]


def pixels(size: str) -> float:
    return float(size.removesuffix("rem")) * PIXELS_A_REM if size.endswith("rem") else float(size.removesuffix("px"))


@pytest.mark.shared
@pytest.mark.skipif(not DESIGN.exists(), reason="the design page is not beside this checkout")
def test_the_sizes_of_type_are_those_of_the_design_page() -> None:
    written = re.findall(r"^\| `(t-\d)` \| (\d+) / (\d+)( serif)?", DESIGN.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(written) == 7
    for name, size, line, serif in written:
        found = re.match(r"([\d.]+rem) / ([\d.]+rem) var\(--voice-(\w+)\)", token(name))
        assert found is not None
        assert [pixels(found[1]), pixels(found[2])] == [int(size), int(line)], name
        assert (found[3] == "speaks") is bool(serif)


@pytest.mark.shared
@pytest.mark.skipif(not DESIGN.exists(), reason="the design page is not beside this checkout")
def test_spaces_corners_and_the_page_are_those_of_the_design_page() -> None:
    page = DESIGN.read_text(encoding="utf-8")
    spaces = re.search(r"^\| space \| (.+) \|$", page, flags=re.MULTILINE)
    assert spaces is not None
    for size in re.findall(r"\d+", spaces[1]):
        assert pixels(token(f"space-{size}")) == int(size)
    corners = re.findall(r"(\d+) \((?:chip|button|palette)", page)
    assert [pixels(token(f"round-{size}")) for size in corners] == [3, 6, 10]
    assert "navigation 208; page edge 40" in page
    assert [pixels(token(name)) for name in ("side-width", "page-edge", "row", "control")] == [208, 40, 34, 30]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["band-50", "band-80"])
def test_a_line_and_ink_stand_out_on_a_band(ground: str, theme: int) -> None:
    assert contrast(TOKENS["ink"][theme], TOKENS[ground][theme]) >= 4.5
    assert contrast(TOKENS["chart-1"][theme], TOKENS[ground][theme]) >= 3.0


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), [*itertools.product(TEXT_ON_GROUNDS, GROUNDS), *ADJACENT])
def test_text_can_be_read_on_every_ground(text: str, ground: str, theme: int) -> None:
    assert contrast(TOKENS[text][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("drawn", [*(f"chart-{place}" for place in range(1, 7)), "line-strong", "mark-line"])
def test_graphics_and_borders_of_controls_stand_out(drawn: str, theme: int) -> None:
    assert contrast(TOKENS[drawn][theme], TOKENS["page"][theme]) >= 3.0


def test_every_sheet_is_in_a_layer_and_gathered_once() -> None:
    gathered = re.findall(r'@import url\("([\w-]+\.css)"\)', SHEETS["frame.css"])
    assert sorted(gathered) == sorted(set(SHEETS) - {"frame.css"})
    in_layer = re.findall(r'@import url\("([\w-]+\.css)"\) layer\((\w+)\);', SHEETS["frame.css"])
    assert {name for name, _layer in in_layer} == set(gathered) - {"fonts.css"}
    order = re.search(r"@layer ([^;]+);", SHEETS["frame.css"])
    assert order is not None
    assert {layer for _name, layer in in_layer} <= set(order[1].split(", "))


@pytest.mark.parametrize("name", sorted(set(SHEETS) - {"tokens.css"}))
def test_colours_come_from_tokens(name: str) -> None:
    found = re.findall(r"#[0-9a-f]{3,8}\b|\brgb\([^)]*\)", without_comments(SHEETS[name]))
    allowed = {"dialogs.css": {"rgb(13 17 16 / 30%)"}}
    assert set(found) <= allowed.get(name, set())


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_every_token_that_is_used_exists(name: str) -> None:
    defined = set(re.findall(r"(--[\w-]+):", SHEETS["tokens.css"]))
    assert set(re.findall(r"var\((--[\w-]+)", SHEETS[name])) <= defined


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_a_sheet_is_short_and_asks_nothing_from_elsewhere(name: str) -> None:
    assert len(SHEETS[name].splitlines()) <= 260
    assert "!important" not in SHEETS[name]
    for address in re.findall(r'url\("([^"]+)"\)', SHEETS[name]):
        assert not re.match(r"[a-z]+:|//", address)
        assert address.startswith("#hatch") or (CSS / address).exists() or _npm(address) in FILES


def _npm(address: str) -> str:
    return address.removeprefix(f"../../{PREFIX}/")


def test_every_class_in_a_template_of_the_frame_has_its_style() -> None:
    styled = {name for css in SHEETS.values() for name in re.findall(r"\.([a-z][\w-]*)", without_comments(css))}
    used: set[str] = set()
    for path in FRAME.rglob("*.html"):
        for value in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8")):
            used |= set(re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", value).split())
    whole = {name for name in used if not name.endswith("-")}
    assert whole - styled == set()
