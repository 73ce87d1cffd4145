// A least-norm fit by p waves and a bias, as p slides through the number of points.

import { bodyOf, button, legend, make, reset, slider } from "./shared/controls.js";
import { panel } from "./shared/panel.js";
import { linspace, range, say } from "./shared/scale.js";
import { prediction, summary, table } from "./shared/words.js";

const MOST = 60; // features
const GRID = linspace(-1, 1, 201);

/** Three straight pieces: |x + 1/2| - 2 max(x - 1/2, 0) - 0.4. */
export function target(x) {
  return Math.abs(x + 0.5) - 2 * Math.max(x - 0.5, 0) - 0.4;
}

/** 1, cos pi x, sin pi x, ..., cos (p/2) pi x, sin (p/2) pi x. */
export function waves(x, p) {
  const row = [1];
  for (let k = 1; k <= p / 2; k++) row.push(Math.cos(Math.PI * k * x), Math.sin(Math.PI * k * x));
  return row;
}

const GRID_WAVES = GRID.map((x) => waves(x, MOST));

/** The weights of least squares; of all that fit as well, the shortest. `rows` have full rank. */
export function leastNorm({ rows, labels }) {
  const [n, q] = [rows.length, rows[0].length];
  if (q <= n) { // rows = Q R, and R w = Q' y
    const { columns, reflect } = triangular(range(0, q - 1).map((j) => rows.map((row) => row[j])));
    const y = Float64Array.from(labels);
    for (const mirror of reflect) mirror(y);
    const w = new Float64Array(q);
    for (let i = q - 1; i >= 0; i--) {
      let sum = y[i];
      for (let j = i + 1; j < q; j++) sum -= columns[j][i] * w[j];
      w[i] = sum / columns[i][i];
    }
    return Array.from(w);
  }
  const { columns, reflect } = triangular(rows); // rows' = Q R, and w = Q (R')^-1 y
  const w = new Float64Array(q);
  for (let i = 0; i < n; i++) {
    let sum = labels[i];
    for (let j = 0; j < i; j++) sum -= columns[i][j] * w[j];
    w[i] = sum / columns[i][i];
  }
  for (const mirror of reflect.reverse()) mirror(w);
  return Array.from(w);
}

/** Householder's reflections, which make a matrix, given by its columns, upper triangular. */
function triangular(given) {
  const columns = given.map((column) => Float64Array.from(column));
  const reflect = columns.map((column, k) => {
    const v = column.slice();
    v.fill(0, 0, k);
    v[k] += (v[k] < 0 ? -1 : 1) * Math.hypot(...v);
    const square = v.reduce((sum, one) => sum + one * one, 0);
    const mirror = (u) => {
      let dot = 0;
      for (let i = k; i < u.length; i++) dot += v[i] * u[i];
      const share = square > 0 ? (2 * dot) / square : 0;
      for (let i = k; i < u.length; i++) u[i] -= share * v[i];
    };
    for (let j = k; j < columns.length; j++) mirror(columns[j]);
    return mirror;
  });
  return { columns, reflect };
}

/** Fit, training loss and true risk for one number of features. */
export function fit({ p, inputs, labels }) {
  const rows = inputs.map((x) => waves(x, p));
  const w = leastNorm({ rows, labels });
  const output = (row) => w.reduce((sum, one, j) => sum + one * row[j], 0);
  const curve = GRID_WAVES.map(output);
  return {
    curve,
    loss: mean(rows.map((row, i) => (output(row) - labels[i]) ** 2)),
    risk: mean(curve.map((v, i) => (v - target(GRID[i])) ** 2)),
  };
}

function mean(values) {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

/** All that the figure shows; `before` is a view that may have the same points. */
export function view({ p, n, noise, draw }, before) {
  const key = [n, noise, draw.x[0]].join();
  const same = before?.key === key;
  const inputs = same ? before.inputs : draw.x.slice(0, n);
  const labels = same ? before.labels : inputs.map((x, i) => target(x) + noise * draw.z[i]);
  const sizes = range(0, MOST, 2);
  const all = same ? before.all : sizes.map((size) => fit({ p: size, inputs, labels }));
  return { key, inputs, labels, sizes, all, now: all[p / 2] };
}

function words({ now }, { p, n }) {
  const weights = p + 1;
  const side = weights < n ? `fewer weights than points, ${weights} and ${n}`
    : weights > n ? `more weights than points, ${weights} and ${n}` : `as many weights as points, ${n}`;
  const loss = now.loss < 1e-12 ? "0 but for rounding" : say(now.loss);
  return `With ${side}, the training loss is ${loss} and the true risk ${say(now.risk)}.`;
}

function render({ model, el }) {
  const body = bodyOf(el);
  const stage = make(body, "div", { class: "x-stage" });
  const plane = panel(stage, {
    title: "The fit", alt: "The points, the target and the fitted curve.",
    x: { label: "x", range: [-1, 1] }, y: { label: "y", range: [-1, 1] },
  });
  const [low, high] = [1e-5, 1e4];
  const errors = panel(stage, {
    title: "Its error", alt: "Training loss and true risk against the number of features, logarithmic.",
    x: { label: "features p", range: [0, MOST] }, y: { label: "mean square error", range: [low, high], log: true },
  });
  const draws = model.get("draws");
  const aim = plane.line("x-level x-wide");
  aim(GRID, GRID.map(target));
  const [curve, points] = [plane.line("x-c1"), plane.dots("x-c3")];
  const [mark, losses, risks] = [errors.line("x-level"), errors.line("x-c3"), errors.line("x-c1")];
  const here = errors.dots("x-c2 x-big");
  const run = model.get("run");
  if (run) errors.line("x-c4")(run.features, run.risks);
  legend(body, [["x-c1", "fit, and its true risk"], ["x-c3", "points, and the training loss"],
    ["x-level x-wide", "target"], ...(run ? [["x-c4", "your run"]] : [])]);
  prediction(body, {
    name: "features_and_fit",
    question: "Twenty points with some noise, and ever more features. What does the distance of the fit from the target do?",
    choices: ["It falls, and then rises for good.", "It falls, rises to a peak, and falls again.", "It falls all the way."],
    answer: "Where there are just as many weights as points, there is one fit through all of them, and it swings wildly in the gaps. "
      + "With more weights there are many, and the shortest of them swings less.",
  });
  const says = summary(body);
  const controls = make(body, "div", { class: "x-controls" });
  slider(controls, model, { key: "p", label: "Features p", min: 0, max: MOST, step: 2 });
  slider(controls, model, { key: "n", label: "Points n", min: 10, max: 40, step: 1 });
  slider(controls, model, { key: "noise", label: "Noise σ", min: 0, max: 0.3, step: 0.01 });
  const row = make(controls, "div", { class: "x-row" });
  button(row, "Other points", () => model.set("draw", (model.get("draw") + 1) % draws.length));
  reset(row, model, ["p", "n", "noise", "draw"]);

  let seen;
  const numbers = table(body, () => [["features", seen.sizes],
    ["training loss", seen.all.map(({ loss }) => loss)], ["true risk", seen.all.map(({ risk }) => risk)]]);
  const redraw = () => {
    const now = { p: model.get("p"), n: model.get("n"), noise: model.get("noise"), draw: draws[model.get("draw")] };
    seen = view(now, seen);
    const inside = (v) => Math.min(Math.max(v, low), high);
    curve(GRID, seen.now.curve);
    points(seen.inputs, seen.labels);
    mark([now.n - 1, now.n - 1], [low, high]);
    losses(seen.sizes, seen.all.map(({ loss }) => inside(loss)));
    risks(seen.sizes, seen.all.map(({ risk }) => inside(risk)));
    here([now.p, now.p], [inside(seen.now.loss), inside(seen.now.risk)]);
    says(words(seen, now));
    numbers();
  };
  model.on("change", redraw);
  redraw();
  return () => model.off("change", redraw);
}

export default { render };
