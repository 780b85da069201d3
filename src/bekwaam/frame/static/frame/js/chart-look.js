// What all kinds of charts share: colours read from the style sheet at the moment of drawing, figures written in the
// language of the page, axes, and a tooltip of plain text. Each kind is a module of its own, chart-<kind>.js.

const LIGHT_FOR_PRINT = "light";
const STILL = { disabled: true };

export function options(kind, picture, { figure, chart, inPrint }) {
  const look = { ...lookOf(figure, inPrint), ...sizeOf(chart) };
  const write = figures(picture);
  const base = common(look, picture, write);
  return { ...base, ...kind.draw({ picture, look, write, base, grid, plainLine, still: STILL }) };
}

// Lines are named at their end. Where two names would touch, the lower one gives way.
const APART = 14;

export function spread(chart) {
  const { series } = chart.getOption();
  const named = series.flatMap((one, index) => (one.endLabel?.show ? [{ index, y: endOf(chart, one, index) }] : []));
  named.sort((a, b) => a.y - b.y);
  let last = -Infinity;
  const given = series.map(() => ({}));
  for (const one of named) {
    const y = Math.max(one.y, last + APART);
    given[one.index] = { endLabel: { offset: [0, y - one.y] } };
    last = y;
  }
  if (named.length) chart.setOption({ series: given });
}

function endOf(chart, one, seriesIndex) {
  const place = one.data.findLastIndex((value) => value !== null);
  return chart.convertToPixel({ seriesIndex }, [place, one.endValue ?? one.data[place]])[1];
}

function lookOf(figure, inPrint) {
  const probe = document.createElement("span");
  if (inPrint) probe.style.colorScheme = LIGHT_FOR_PRINT;
  figure.append(probe);
  const colour = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const names = ["ink", "ink-2", "ink-3", "line", "line-strong", "page", "band-50", "band-80"];
  const look = Object.fromEntries(names.map((name) => [name, colour(name)]));
  look.series = [1, 2, 3, 4, 5, 6].map((place) => colour(`chart-${place}`));
  look.font = getComputedStyle(figure).fontFamily;
  look.hatched = inPrint;
  probe.remove();
  return look;
}

function sizeOf(chart) {
  return { width: chart.getWidth(), height: chart.getHeight(), narrow: chart.getWidth() < 480 };
}

function figures(picture) {
  const places = picture.divisor === 1000000 ? 1 : 0;
  const format = new Intl.NumberFormat(picture.language, { maximumFractionDigits: places });
  const whole = (value, more) => new Intl.NumberFormat(picture.language, { maximumFractionDigits: 0, ...more })
    .format(value).replace("-", "\u2212").replaceAll(" ", "\u00a0");
  return {
    bare: (value) => format.format(value / picture.divisor).replace("-", "\u2212"),
    full: (value) => whole(value),
    signed: (value) => whole(value / picture.divisor, { signDisplay: "exceptZero", maximumFractionDigits: places }),
  };
}

function common(look, picture, write) {
  return {
    animation: false,
    color: look.series,
    textStyle: { fontFamily: look.font, fontSize: 11, color: look["ink-2"] },
    grid: grid({}),
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
  const known = rows.filter((row) => row.value !== null && row.value !== undefined);
  return [label, ...known.map((row) => `${row.seriesName}: ${write.full(row.value)}`)].join("\n");
}

function plainLine(name, values, colour, z) {
  const alone = values.filter((value) => value !== null).length === 1;
  const symbol = alone ? "circle" : "none";
  return { type: "line", name, data: values, symbol, itemStyle: { color: colour }, emphasis: STILL, z };
}
