"""Of the npm packages only the named files are served."""

from __future__ import annotations

import pytest
from django.contrib.staticfiles import finders

from bekwaam.config.npm_files import FILES, NODE_MODULES, NpmFilesFinder

installed = pytest.mark.skipif(not NODE_MODULES.is_dir(), reason="npm packages are not installed (make ready)")


@installed
def test_every_named_file_is_there():
    assert [name for name, _storage in NpmFilesFinder().list(None)] == list(FILES)
    for name in FILES:
        assert finders.find(f"npm/{name}")


@installed
@pytest.mark.parametrize(
    "path",
    [
        "npm/echarts/package.json",
        "npm/echarts/dist/echarts.esm.js",
        "npm/../package.json",
        "npm/echarts/dist/../../../package.json",
        "echarts/dist/echarts.esm.min.mjs",
        "npm/",
    ],
)
def test_nothing_else_is_found(path):
    assert not NpmFilesFinder().find(path)
