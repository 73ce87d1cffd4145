// Descent beside the gradient flow, for the same time, on the landscape of ripples.

import { bodyOf, legend, make, reset, slider } from "./shared/controls.js";
import { heat } from "./shared/heat.js";
import { panel } from "./shared/panel.js";
import { say } from "./shared/scale.js";
import { prediction, summary, table } from "./shared/words.js";

const STILL = 1e-6; // a step shorter than this is none
const REST = 0.2; // the flow has arrived where the slope is below it

/** f(w) = sin(w1 + 4) (cos(3 w2 - 5) + 0.3) + 0.5 cos(2 (w1 + 2) (w2 - 4)^2). */
export function height(x, y) {
  return Math.sin(x + 4) * (Math.cos(3 * y - 5) + 0.3)
    + 0.5 * Math.cos(2 * (x + 2) * (y - 4) ** 2);
}

export function gradient(x, y) {
  const [a, s] = [y - 4, Math.sin(2 * (x + 2) * (y - 4) ** 2)];
  return [
    Math.cos(x + 4) * (Math.cos(3 * y - 5) + 0.3) - s * a * a,
    -3 * Math.sin(x + 4) * Math.sin(3 * y - 5) - 2 * s * (x + 2) * a,
  ];
}

/** The larger eigenvalue of the Hessian. */
export function curvature(x, y) {
  const [a, b] = [y - 4, x + 2];
  const [s, c] = [Math.sin(2 * b * a * a), Math.cos(2 * b * a * a)];
  const xx = -Math.sin(x + 4) * (Math.cos(3 * y - 5) + 0.3) - 2 * c * a ** 4;
  const xy = -3 * Math.cos(x + 4) * Math.sin(3 * y - 5) - 2 * s * a - 4 * c * b * a ** 3;
  const yy = -9 * Math.sin(x + 4) * Math.cos(3 * y - 5) - 2 * s * b - 8 * c * b * b * a * a;
  return (xx + yy) / 2 + Math.hypot((xx - yy) / 2, xy);
}

/** Steps of w <- w - eta grad f up to the time; all points, the start first. */
export function descend({ w1, w2, rate, time }) {
  const path = { t: [0], x: [w1], y: [w2] };
  const steps = Math.round(time / rate);
  for (let k = 1; k <= steps; k++) {
    const [gx, gy] = gradient(w1, w2);
    [w1, w2] = [w1 - rate * gx, w2 - rate * gy];
    path.t.push(k * rate);
    path.x.push(w1);
    path.y.push(w2);
  }
  return path;
}

// Dormand and Prince's method of order five: nodes of each stage, the result, and its error.
const STAGES = [
  [], [1 / 5], [3 / 40, 9 / 40], [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const ERROR = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

/** The flow dw/dt = -grad f up to the time, to `tolerance` a step; the points of its own steps. */
export function flow({ w1, w2, time, tolerance = 1e-8 }) {
  const path = { t: [0], x: [w1], y: [w2] };
  let [t, step] = [0, Math.min(1e-4, time)];
  while (t < time) {
    const kx = [];
    const ky = [];
    let [x, y] = [w1, w2];
    for (const row of STAGES) {
      [x, y] = [w1, w2];
      row.forEach((a, i) => { x += step * a * kx[i]; y += step * a * ky[i]; });
      const [gx, gy] = gradient(x, y);
      kx.push(-gx);
      ky.push(-gy);
    }
    const off = (k) => step * ERROR.reduce((sum, e, i) => sum + e * k[i], 0);
    const error = Math.hypot(off(kx), off(ky)) / tolerance;
    if (error <= 1) {
      [t, w1, w2] = [t + step, x, y];
      path.t.push(t);
      path.x.push(x);
      path.y.push(y);
    }
    step = Math.min(step * Math.min(5, Math.max(0.2, 0.9 * error ** -0.2)), time - t || step);
  }
  return path;
}

/** All that the figure shows of these values; `before` is a flow that may still be the right one. */
export function view({ w1, w2, rate, time }, before) {
  const key = [w1, w2, time].join();
  const smooth = before?.key === key ? before : { key, ...flow({ w1, w2, time }) };
  const steps = descend({ w1, w2, rate, time });
  const n = steps.x.length - 1;
  const [endX, endY] = [smooth.x.at(-1), smooth.y.at(-1)];
  return {
    flow: smooth, descent: steps, n,
    apart: Math.hypot(steps.x[n] - endX, steps.y[n] - endY),
    moves: n > 0 && Math.hypot(steps.x[n] - steps.x[n - 1], steps.y[n] - steps.y[n - 1]) > STILL,
    rests: Math.hypot(...gradient(endX, endY)) < REST,
    stable: 2 / curvature(endX, endY),
  };
}

/** At most `n` of the points of a path, the last among them. */
export function thinned({ t, x, y }, n) {
  const every = Math.ceil(t.length / n);
  const keep = (list) => list.filter((_, k) => (list.length - 1 - k) % every === 0);
  return { t: keep(t), x: keep(x), y: keep(y) };
}

function words(seen, { rate, time }) {
  const ends = `After ${seen.n} steps of ${say(rate)}, the time ${say(time)}, descent and flow are ${say(seen.apart)} apart`;
  if (!seen.rests) return `${ends}, and the flow has not arrived anywhere yet.`;
  const side = rate < seen.stable ? "below" : "above";
  return `${ends}. The flow rests in a valley that bears rates up to ${say(seen.stable)}; yours is ${side}, and `
    + `descent ${seen.moves ? "still moves" : "rests too"}.`;
}

function render({ model, el }) {
  const body = bodyOf(el);
  const stage = make(body, "div", { class: "x-stage" });
  const box = [-2, 2];
  const map = panel(stage, {
    title: "The landscape, dark is high",
    alt: "The landscape of ripples from above, with the paths of descent and of the flow.",
    x: { label: "w₁", range: box }, y: { label: "w₂", range: box },
  });
  const fall = panel(stage, {
    title: "The height", alt: "Height against time, of descent and of the flow.",
    x: { label: "time", range: [0, 1] }, y: { label: "f", range: [-2, 2] },
  });
  heat(map)(height, [-1.9, 1.9], box, box);
  const run = model.get("run");
  const [stepPath, steps] = [map.line("x-c2 x-thin"), map.dots("x-c2 x-small")];
  const [flowPath, stepFall, flowFall] = [map.line("x-c1 x-wide"), fall.line("x-c2"), fall.line("x-c1 x-wide")];
  const start = map.dots("x-c3 x-big");
  const yours = run && [map.line("x-c4"), fall.line("x-c4")];
  legend(body, [["x-c1 x-wide", "gradient flow"], ["x-c2", "descent"], ["x-c3", "start"],
    ...(run ? [["x-c4", "your run"]] : [])]);
  prediction(body, {
    name: "flow_and_descent",
    question: "Descent with the rate 0.002 and the flow start at one point and run for the same time. Where will descent be?",
    choices: ["Where the flow is, but for an error of the size of a step.",
      "Behind the flow, on the same path.", "In another place, and still in motion."],
    answer: "The valley in which the flow rests is too sharp for this rate: descent is thrown from wall to wall and over "
      + "the ridge. Lower the rate to 0.0007 and it follows.",
  });
  const says = summary(body);
  const controls = make(body, "div", { class: "x-controls" });
  slider(controls, model, { key: "rate", label: "Learning rate η", min: 2e-4, max: 1e-2, step: 0.02, log: true });
  slider(controls, model, { key: "time", label: "Time", min: 0.01, max: 1, step: 0.02, log: true });
  slider(controls, model, { key: "w1", label: "Start of w₁", min: -2, max: 2, step: 0.05 });
  slider(controls, model, { key: "w2", label: "Start of w₂", min: -2, max: 2, step: 0.05 });
  const keys = ["rate", "time", "w1", "w2"];
  reset(controls, model, keys);

  let seen;
  const numbers = table(body, () => {
    const { t, x, y } = thinned(seen.descent, 25);
    return [["time", t], ["w₁", x], ["w₂", y], ["height", x.map((v, k) => height(v, y[k]))]];
  });
  const redraw = () => {
    const now = Object.fromEntries(keys.map((key) => [key, model.get(key)]));
    seen = view(now, seen?.flow);
    const [few, smooth] = [thinned(seen.descent, 500), thinned(seen.flow, 500)];
    const heights = ({ x, y }) => x.map((v, k) => height(v, y[k]));
    fall.axes({ label: "time", range: [0, now.time] });
    stepPath(few.x, few.y);
    steps(few.x, few.y);
    flowPath(smooth.x, smooth.y);
    start([now.w1], [now.w2]);
    stepFall(few.t, heights(few));
    flowFall(smooth.t, heights(smooth));
    if (run) { yours[0](run.x, run.y); yours[1](run.t, heights(run)); }
    says(words(seen, now));
    numbers();
  };
  map.pick((x, y) => { model.set("w1", x); model.set("w2", y); });
  model.on("change", redraw);
  redraw();
  return () => model.off("change", redraw);
}

export default { render };
