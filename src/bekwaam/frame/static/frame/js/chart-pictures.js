// From the small specification of frame/charts.py to what the drawing library wants. Figures are written in the
// language of the page; colours are read from the style sheet at the moment of drawing.

const LIGHT_FOR_PRINT = "light";
const STILL = { disabled: true };

// In print, by place in the series of a fan: what lies unseen below a band, the band of 80 %, again, that of 50 %.
const HATCHES = [hatch(0), hatch(7), hatch(0), hatch(3), hatch(0), hatch(0)];

function hatch(gap) {
  const colour = gap ? "rgb(22 32 30 / 45%)" : "transparent";
  return { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1, gap], rotation: Math.PI / 4, color: colour };
}

export function options(picture, figure, inPrint) {
  const look = lookOf(figure, inPrint);
  const write = figures(picture);
  const make = { fan, line, bar }[picture.kind];
  return { ...common(look, picture, write), ...make(picture, look, write) };
}

function lookOf(figure, inPrint) {
  const probe = document.createElement("span");
  if (inPrint) probe.style.colorScheme = LIGHT_FOR_PRINT;
  figure.append(probe);
  const colour = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const names = ["ink", "ink-2", "line", "line-strong", "page", "band-50", "band-80"];
  const look = Object.fromEntries(names.map((name) => [name, colour(name)]));
  look.series = [1, 2, 3, 4, 5, 6].map((place) => colour(`chart-${place}`));
  look.font = getComputedStyle(figure).fontFamily;
  look.hatched = inPrint;
  look.narrow = figure.clientWidth < 480;
  probe.remove();
  return look;
}

function figures(picture) {
  const places = picture.divisor === 1000000 ? 1 : 0;
  const format = new Intl.NumberFormat(picture.language, { maximumFractionDigits: places });
  const hardSpace = "\u00a0";
  return {
    bare: (value) => format.format(value / picture.divisor).replace("-", "\u2212"),
    full: (value) => `${new Intl.NumberFormat(picture.language, { maximumFractionDigits: 0 }).format(value)}`
      .replace("-", "\u2212").replaceAll(" ", hardSpace),
  };
}

function common(look, picture, write) {
  return {
    animation: false,
    color: look.series,
    textStyle: { fontFamily: look.font, fontSize: 11, color: look["ink-2"] },
    grid: grid({}),
    aria: { enabled: look.hatched && picture.kind === "fan", decal: { show: true, decals: HATCHES } },
    xAxis: {
      type: "category",
      data: picture.labels,
      boundaryGap: picture.kind === "bar",
      axisLine: { lineStyle: { color: look["line-strong"] }, onZero: false },
      axisTick: { show: false },
      axisLabel: { color: look["ink-2"], fontSize: 11, lineHeight: 14, hideOverlap: true },
    },
    yAxis: {
      type: "value",
      scale: picture.kind !== "bar",
      splitNumber: 4,
      splitLine: { lineStyle: { color: look.line } },
      axisLabel: { color: look["ink-2"], fontSize: 11, formatter: write.bare },
    },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      backgroundColor: look.page,
      borderColor: look["line-strong"],
      textStyle: { color: look.ink, fontSize: 12, fontFamily: look.font },
      axisPointer: { lineStyle: { color: look["line-strong"] } },
      formatter: (rows) => told(picture, rows, write),
    },
  };
}

function grid(edges) {
  return { left: 4, right: 60, top: 16, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel", ...edges };
}

function told(picture, rows, write) {
  const label = picture.labels[rows[0].dataIndex].replace("\n", " ");
  const lines = rows
    .filter((row) => row.value !== null && row.value !== undefined && isToldAlone(picture, row))
    .map((row) => `${row.seriesName}: ${write.full(row.value)}`);
  return [label, ...lines, ...toldBand(picture, rows[0].dataIndex, write)].join("\n");
}

// Of a fan only the lines are told as rows: the ends of a band belong together, and where sales are known they are
// the answer.
function isToldAlone(picture, row) {
  if (picture.kind !== "fan") return true;
  if (row.seriesName === picture.words.mean) return row.dataIndex > picture.known;
  return row.seriesName === picture.words.actual;
}

function toldBand(picture, place, write) {
  const ends = picture.band80?.[place];
  if (!ends || place <= picture.known) return [];
  return [`${picture.words.band80}: ${write.full(ends[0])} – ${write.full(ends[1])}`];
}

function fan(picture, look, write) {
  const [own] = look.series;
  return {
    grid: grid({ top: 36 }),
    legend: bandLegend(picture, look),
    series: [
      ...band("_80", picture.words.band80, picture.band80, look["band-80"], 1),
      ...band("_50", picture.words.band50, picture.band50, look["band-50"], 2),
      {
        ...plainLine(picture.words.mean, picture.mean, own, 4),
        lineStyle: { color: own, width: 2, type: [2, 3] },
        endLabel: endLabel(own, write),
      },
      { ...plainLine(picture.words.actual, picture.actual, own, 5), lineStyle: { color: own, width: 2.5 } },
    ],
  };
}

function bandLegend(picture, look) {
  const names = [picture.band50.length && picture.words.band50, picture.band80.length && picture.words.band80];
  return {
    data: names.filter(Boolean),
    top: 0,
    left: 8,
    itemWidth: 20,
    itemHeight: 9,
    icon: "rect",
    selectedMode: false,
    textStyle: { color: look["ink-2"], fontSize: 11 },
  };
}

// A band is its lower end, unseen, with the difference to its upper end on top of it.
function band(stack, name, ends, colour, z) {
  if (!ends.length) return [];
  const unseen = { opacity: 0 };
  const drawn = { type: "line", symbol: "none", silent: true, lineStyle: unseen, emphasis: STILL, z };
  const shared = { ...drawn, stack, stackStrategy: "all" };
  return [
    { ...shared, name: `${stack}low`, data: ends.map((pair) => pair && pair[0]), areaStyle: unseen },
    {
      ...shared,
      name,
      data: ends.map((pair) => pair && pair[1] - pair[0]),
      areaStyle: { color: colour, opacity: 1 },
      itemStyle: { color: colour },
    },
  ];
}

function plainLine(name, values, colour, z) {
  const alone = values.filter((value) => value !== null).length === 1;
  const symbol = alone ? "circle" : "none";
  return { type: "line", name, data: values, symbol, itemStyle: { color: colour }, emphasis: STILL, z };
}

function endLabel(colour, write) {
  return { show: true, color: colour, fontWeight: 600, fontSize: 11, formatter: (row) => write.bare(row.value) };
}

function line(picture, look) {
  const series = picture.lines.map((one, place) => ({
    ...plainLine(one.name, one.values, look.series[place], 2),
    lineStyle: { color: look.series[place], width: 2, type: place % 2 ? [6, 3] : "solid" },
    endLabel: { show: true, color: look.series[place], fontSize: 11, formatter: one.name },
    labelLayout: { moveOverlap: "shiftY" },
  }));
  return { series, grid: grid({ right: look.narrow ? 84 : 132 }) };
}

function bar(picture, look) {
  const [gain, , , , loss] = look.series;
  return {
    grid: grid({ right: 8 }),
    series: [
      {
        type: "bar",
        name: picture.name,
        barMaxWidth: 28,
        emphasis: STILL,
        data: picture.values.map((value) => ({ value, itemStyle: { color: value < 0 ? loss : gain } })),
      },
    ],
  };
}
