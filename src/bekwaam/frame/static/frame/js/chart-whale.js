// The whale: the running total rises to its peak and falls by what the last ones cost; dashed is what is left.

export function draw({ picture, look, write, base, grid, still }) {
  const [gain, , , , loss] = look.series;
  const { points, peak } = picture;
  const count = points.at(-1)[0];
  const before = points.filter(([rank]) => !peak || rank <= peak[0]);
  const after = points.filter(([rank]) => peak && rank >= peak[0]);
  const part = (data, colour) => ({
    type: "line", data, symbol: "none", emphasis: still, z: 3, silent: true,
    lineStyle: { color: colour, width: 2.5 }, areaStyle: { color: colour, opacity: 0.14 },
  });
  const text = { color: look["ink-2"], fontSize: 11 };
  return {
    grid: grid({ top: 32, right: look.narrow ? 48 : 64, bottom: 22 }),
    xAxis: {
      ...base.xAxis, type: "value", data: undefined, min: 0, max: count, name: picture.of_what,
      nameLocation: "middle", nameGap: 22, nameTextStyle: text, splitLine: { show: false },
      axisLabel: { ...base.xAxis.axisLabel, formatter: (rank) => write.full(rank) },
    },
    yAxis: { ...base.yAxis, scale: false, axisLine: { show: false }, axisTick: { show: false } },
    tooltip: { ...base.tooltip, formatter: ([row]) => told(picture, row.value, write) },
    series: [
      { ...part(before, gain), silent: false, markLine: left(points.at(-1)[1], look, write, still) },
      { ...part(after, loss), silent: false },
      ...(peak ? [top(peak, picture.peak_words, look)] : []),
    ],
  };
}

function left(total, look, write, still) {
  const label = { position: "end", color: look.ink, fontSize: 11, fontWeight: 600, formatter: write.bare(total) };
  const line = { color: look.ink, type: [4, 3], width: 1.25 };
  return { symbol: "none", silent: true, emphasis: still, lineStyle: line, label, data: [{ yAxis: total }] };
}

function top(peak, words, look) {
  const label = { show: true, position: "top", distance: 6, color: look.ink, fontSize: 11, lineHeight: 15 };
  const dot = { color: look.series[0], borderColor: look.page, borderWidth: 2, opacity: 1 };
  const said = { ...label, fontWeight: 600, formatter: words };
  return { type: "scatter", data: [peak], symbolSize: 11, silent: true, itemStyle: dot, label: said, z: 5 };
}

function told(picture, [rank, total], write) {
  return `${write.full(rank)} ${picture.of_what}\n${write.full(total)}`;
}
