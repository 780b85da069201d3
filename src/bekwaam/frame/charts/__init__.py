"""Charts as small specifications: what to draw in our own words, and a table that says the same.

The script `chart.js` draws `picture`; `_chart.html` shows `table` to who cannot see it or has no script, and gives
`words` to who listens. Figures are made floats for drawing only: the table is written from what was given.
"""

from bekwaam.frame.charts.fan import fan_chart
from bekwaam.frame.charts.matrix import Axis, Dot, matrix_chart
from bekwaam.frame.charts.multiples import small_multiples
from bekwaam.frame.charts.plain import bar_chart, line_chart
from bekwaam.frame.charts.scale import Chart
from bekwaam.frame.charts.waterfall import waterfall_chart
from bekwaam.frame.charts.whale import whale_chart

__all__ = [
    "Axis",
    "Chart",
    "Dot",
    "bar_chart",
    "fan_chart",
    "line_chart",
    "matrix_chart",
    "small_multiples",
    "waterfall_chart",
    "whale_chart",
]
