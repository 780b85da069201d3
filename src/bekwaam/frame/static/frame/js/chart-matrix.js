// The matrix: dots by two measures, a dashed line across each, and a name in every corner.

export function draw({ picture, look, base, grid }) {
  const across = ends(picture.across, picture.dots.map((dot) => dot.at[0]));
  const up = ends(picture.up, picture.dots.map((dot) => dot.at[1]));
  return {
    grid: grid({ top: 28, right: 24, bottom: 22, left: 4 }),
    xAxis: axis(picture, across, look, { nameLocation: "middle", nameGap: 22 }),
    yAxis: axis(picture, up, look, { nameLocation: "end", nameGap: 12, nameTextStyle: text(look, "left") }),
    tooltip: { ...base.tooltip, trigger: "item", formatter: (row) => told(picture, row.data) },
    series: [
      {
        type: "scatter",
        data: picture.dots.map((dot) => ({ name: dot.name, value: dot.at, symbolSize: 8 + 12 * Math.sqrt(dot.weight) })),
        itemStyle: { color: look.series[0], borderColor: look.page, borderWidth: 1.5, opacity: 1 },
        label: {
          show: true, position: "right", distance: 5, color: look.ink, fontSize: 11, formatter: "{b}",
          textBorderColor: look.page, textBorderWidth: 3,
        },
        labelLayout: { moveOverlap: "shiftY", hideOverlap: true },
        markLine: cuts(across, up, look),
        markArea: corners(picture.corners, across, up, look),
      },
    ],
  };
}

// Where nobody says where an axis ends, a twelfth of what is used stays free at either side.
function ends(axisGiven, values) {
  const low = Math.min(axisGiven.cut, ...values);
  const high = Math.max(axisGiven.cut, ...values);
  const air = (high - low || 1) / 12;
  return { ...axisGiven, low: axisGiven.low ?? low - air, high: axisGiven.high ?? high + air };
}

function text(look, align) {
  return { color: look["ink-2"], fontSize: 11, align };
}

function number(picture, places) {
  const format = new Intl.NumberFormat(picture.language, { minimumFractionDigits: places, maximumFractionDigits: places });
  return (value) => format.format(value).replace("-", "\u2212");
}

function axis(picture, one, look, more) {
  const name = one.unit ? `${one.name}, ${one.unit}` : one.name;
  return {
    type: "value", min: one.low, max: one.high, name, nameTextStyle: text(look), splitNumber: 4,
    splitLine: { show: false }, axisTick: { show: false },
    axisLine: { show: true, lineStyle: { color: look["line-strong"] }, onZero: false },
    axisLabel: { color: look["ink-2"], fontSize: 11, formatter: number(picture, one.places), hideOverlap: true },
    ...more,
  };
}

function cuts(across, up, look) {
  const lineStyle = { color: look["line-strong"], type: [4, 3], width: 1 };
  const data = [{ xAxis: across.cut }, { yAxis: up.cut }];
  return { silent: true, symbol: "none", label: { show: false }, lineStyle, data };
}

function corners(names, across, up, look) {
  const area = (name, position, from, to) => [
    { name, coord: from, label: { position, color: look["ink-3"], fontSize: 11, fontWeight: 600, distance: 6 } },
    { coord: to },
  ];
  const { low: left, cut: x, high: right } = across;
  const { low: bottom, cut: y, high: top } = up;
  const data = [
    area(names[0], "insideTopLeft", [left, y], [x, top]),
    area(names[1], "insideTopRight", [x, y], [right, top]),
    area(names[2], "insideBottomLeft", [left, bottom], [x, y]),
    area(names[3], "insideBottomRight", [x, bottom], [right, y]),
  ];
  return { silent: true, itemStyle: { color: "transparent" }, data };
}

function told(picture, { name, value }) {
  const said = (one, amount) => `${one.name}: ${number(picture, one.places)(amount)}`;
  return [name, said(picture.across, value[0]), said(picture.up, value[1])].join("\n");
}
