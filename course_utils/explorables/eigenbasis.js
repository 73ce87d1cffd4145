// Descent of a linear model of two weights, in the plain basis and in the right one.

import { bodyOf, legend, make, reset, slider } from "./shared/controls.js";
import { panel } from "./shared/panel.js";
import { linspace, range, say } from "./shared/scale.js";
import { prediction, summary, table } from "./shared/words.js";

const SHOWN = 50; // steps
const MANY = 10000; // steps, after which we do not wait for the loss
const REACH = { w1: 3.5, w2: 2.4 }; // of the start
const RADII = [0.3, 0.6, 1, 1.5, 2, 2.7, 3.5]; // of the contours, along the first axis
const KEYS = ["rate", "condition", "angle", "w1", "w2"];

/** The eigenvalues of the loss's Hessian, largest first. */
export function eigenvalues({ condition }) {
  return [1, 1 / condition];
}

/** The right basis: v_1 and v_2, each with its parts along w_1 and w_2. */
export function rightBasis({ angle }) {
  const [c, s] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  return [[c, s], [-s, c]];
}

/** c = P' w. */
export function toCoordinates(basis, [w1, w2]) {
  return basis.map(([a, b]) => a * w1 + b * w2);
}

/** w = P c. */
export function toWeights([u, v], [c1, c2]) {
  return [c1 * u[0] + c2 * v[0], c1 * u[1] + c2 * v[1]];
}

/** 1 - eta lambda_i: by this a step multiplies coordinate i. */
export function factors({ condition, rate }) {
  return eigenvalues({ condition }).map((lambda) => 1 - rate * lambda);
}

/** Both coordinates after each step, c_k = (1 - eta lambda)^k c_0. */
export function coordinates({ condition, angle, rate, w1, w2, steps }) {
  const start = toCoordinates(rightBasis({ angle }), [w1, w2]);
  return factors({ condition, rate }).map((q, i) => range(0, steps).map((k) => q ** k * start[i]));
}

/** Each coordinate's part lambda c^2 / 2 of the loss. */
export function lossParts({ condition }, [c1, c2]) {
  const [l1, l2] = eigenvalues({ condition });
  return [c1.map((c) => (l1 * c * c) / 2), c2.map((c) => (l2 * c * c) / 2)];
}

/** The first step at which the loss is a thousandth of what it was at the start, or -1. */
export function stepsToThousandth({ condition, angle, rate, w1, w2 }) {
  const [c1, c2] = toCoordinates(rightBasis({ angle }), [w1, w2]);
  const [[a], [b]] = lossParts({ condition }, [[c1], [c2]]);
  const [p, q] = factors({ condition, rate }).map((factor) => factor ** 2);
  for (let k = 0, [x, y] = [a, b]; k <= MANY; k++, x *= p, y *= q) {
    if (x + y <= 1e-3 * (a + b)) return k;
  }
  return -1;
}

/** Where the loss is r^2 / 2 for each r, with NaN between the ellipses. */
export function contours({ condition, angle }) {
  const [basis, far] = [rightBasis({ angle }), Math.sqrt(condition)];
  const turn = linspace(0, 2 * Math.PI, 91);
  const points = RADII.flatMap((r) => [
    ...turn.map((t) => toWeights(basis, [r * Math.cos(t), r * far * Math.sin(t)])), [NaN, NaN]]);
  return [points.map(([x]) => x), points.map(([, y]) => y)];
}

/** All that the figure shows of these values. */
export function view(values) {
  const basis = rightBasis(values);
  const [c1, c2] = coordinates({ ...values, steps: SHOWN });
  const path = c1.map((c, k) => toWeights(basis, [c, c2[k]]));
  const parts = lossParts(values, [c1, c2]);
  return {
    basis, c1, c2, parts,
    w1: path.map(([w]) => w), w2: path.map(([, w]) => w),
    losses: parts[0].map((part, k) => part + parts[1][k]),
    contours: contours(values),
    factors: factors(values),
    thousandth: stepsToThousandth(values),
  };
}

function words({ factors: [p, q], thousandth, c1 }, { rate }) {
  const each = `A step multiplies coordinate 1 by ${say(p)} and coordinate 2 by ${say(q)}. `;
  if (rate > 2 && c1[0] !== 0) return `${each}Coordinate 1 flips and grows, for η is above 2/λ₁ = 2, whatever coordinate 2 does.`;
  if (rate === 2 && c1[0] !== 0) return `${each}Coordinate 1 jumps between two values for ever: η is at its bound 2/λ₁.`;
  const when = thousandth < 0 ? `not in ${MANY} steps` : `after ${thousandth} ${thousandth === 1 ? "step" : "steps"}`;
  return `${each}The loss, the sum of both parts, is below a thousandth of its start ${when}`
    + `${p < 0 ? "; coordinate 1 flips its sign on the way" : ""}.`;
}

function render({ model, el }) {
  const body = bodyOf(el);
  const stage = make(body, "div", { class: "x-stage" });
  // One unit is as long on both axes, or else the right basis would not look like right angles.
  const plane = panel(stage, {
    title: "The weights", alt: "Elliptic contours of the loss, their two axes, and the path of descent.",
    x: { label: "w₁", range: [-3.6, 3.6] }, y: { label: "w₂", range: [-2.51, 2.51] },
  });
  const single = panel(stage, {
    title: "Each coordinate by itself", alt: "Both coordinates in the right basis and both weights against the step.",
    x: { label: "step k", range: [0, SHOWN] }, y: { label: "distance from the end", range: [-3, 3] },
  });
  const fall = panel(stage, {
    title: "The loss, a sum of two", alt: "The loss and the parts of both coordinates against the step.",
    x: { label: "step k", range: [0, SHOWN] }, y: { label: "loss above its floor", range: [1e-8, 20], log: true },
  });
  const side = make(stage, "div");
  const rings = plane.line("x-level");
  const axes = ["x-c1", "x-c2"].map((look) => plane.line(look));
  const [track, dots] = [plane.line("x-c3 x-thin"), plane.dots("x-c3")];
  const mixed = [single.line("x-level"), single.line("x-level")];
  const lines = ["x-c1", "x-c2"].map((look) => [single.line(`${look} x-thin`), single.dots(look)]);
  const total = fall.dots("x-c3");
  const parts = ["x-c1", "x-c2"].map((look) => fall.line(look));
  const run = model.get("run");
  const yours = run && [plane.line("x-c4"), fall.line("x-c4")];

  legend(side, [["x-c1", "coordinate 1, along the steep axis"], ["x-c2", "coordinate 2, along the flat axis"],
    ["x-c3", "descent and its loss"], ["x-level", "contours; w₁ and w₂ by step"],
    ...(run ? [["x-c4", "your run"]] : [])]);
  const controls = make(side, "div", { class: "x-controls" });
  slider(controls, model, { key: "rate", label: "Learning rate η", min: 0.05, max: 2.2, step: 0.05 });
  slider(controls, model, { key: "condition", label: "Condition λ₁/λ₂", min: 1, max: 100, step: 0.05, log: true });
  slider(controls, model, { key: "angle", label: "Angle of the axes", min: 0, max: 90, step: 1, unit: "°" });
  slider(controls, model, { key: "w1", label: "Start of w₁", min: -REACH.w1, max: REACH.w1, step: 0.1 });
  slider(controls, model, { key: "w2", label: "Start of w₂", min: -REACH.w2, max: REACH.w2, step: 0.1 });
  reset(controls, model, KEYS);
  prediction(body, {
    name: "eigenbasis",
    question: "A loss is curved twenty times as much along one axis as along the other, λ₁ = 1 and λ₂ = 1/20. "
      + "Which learning rate brings it to a thousandth of its start in the fewest steps?",
    choices: ["0.5, a quarter of the bound 2/λ₁.", "1, which is done with the steep axis in one step.",
      "1.8, near the bound."],
    answer: "1.8: the flat axis decides, and its factor is 0.91 a step in place of 0.95 at rate 1. The steep coordinate flips "
      + "at each step but still shrinks, to 0.8 of its size; nearer to the bound it becomes the slow one.",
  });
  const says = summary(body);

  const values = () => Object.fromEntries(KEYS.map((k) => [k, model.get(k)]));
  let seen;
  const numbers = table(body, () => [["step", range(0, 30)], ["w₁", seen.w1], ["w₂", seen.w2],
    ["coordinate 1", seen.c1], ["coordinate 2", seen.c2], ["loss", seen.losses]]);
  const redraw = () => {
    const now = values();
    seen = view(now);
    const k = range(0, SHOWN);
    rings(...seen.contours);
    axes.forEach((line, i) => line(...[0, 1].map((j) => [-6, 6].map((r) => r * seen.basis[i][j]))));
    track(seen.w1, seen.w2);
    dots(seen.w1, seen.w2);
    [seen.w1, seen.w2].forEach((w, i) => mixed[i](k, w));
    [seen.c1, seen.c2].forEach((c, i) => lines[i].forEach((draw) => draw(k, c)));
    seen.parts.forEach((part, i) => parts[i](k, part));
    total(k, seen.losses);
    if (run) { yours[0](run.w1, run.w2); yours[1](range(0, run.losses.length - 1), run.losses); }
    says(words(seen, now));
    numbers();
  };
  const inside = (key, v) => Math.min(REACH[key], Math.max(-REACH[key], Math.round(v * 100) / 100));
  plane.pick((x, y) => {
    model.set("w1", inside("w1", x));
    model.set("w2", inside("w2", y));
    model.save_changes();
  });
  model.on("change", redraw);
  redraw();
  return () => model.off("change", redraw);
}

export default { render };
