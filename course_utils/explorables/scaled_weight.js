// Training of alpha h(x; w), a model of one weight, beside its linearisation at the start.

import { bodyOf, legend, make, reset, slider } from "./shared/controls.js";
import { panel } from "./shared/panel.js";
import { linspace, range, say } from "./shared/scale.js";
import { prediction, summary, table } from "./shared/words.js";

const [W0, X] = [1.5, 1.5]; // the start, and the input of the one point
const [STEPS, FAR] = [400, 5]; // a path ends where the weight is further out
const WAYS = [-1, 4]; // shown of alpha (w - w0)

/** f(x, w) = w x / 2 + x ln(1 + w^2) / 5 + sin(exp(2 w)) / 10. */
export function factor(w) {
  return (w * X) / 2 + (X * Math.log1p(w * w)) / 5 + Math.sin(Math.exp(2 * w)) / 10;
}

function factorSlope(w) {
  const e = Math.exp(2 * w);
  return X / 2 + (2 * w * X) / (1 + w * w) / 5 + (2 * e * Math.cos(e)) / 10;
}

/** h = (w - w0) f(x, w). */
export function output(w) {
  return (w - W0) * factor(w);
}

/** dh/dw. */
export function slope(w) {
  return factor(w) + (w - W0) * factorSlope(w);
}

/** alpha^2 L = (alpha h - y)^2 / 2, and with h' (w - w0) in place of h; `ways` are alpha (w - w0). */
export function losses({ alpha, label, ways }) {
  return {
    model: ways.map((u) => (alpha * output(W0 + u / alpha) - label) ** 2 / 2),
    linearised: ways.map((u) => (factor(W0) * u - label) ** 2 / 2),
  };
}

/** Steps of w <- w - eta dL/dw, as alpha (w - w0) after each. */
export function train({ alpha, label, rate, steps }) {
  const ways = [0];
  for (let w = W0, k = 0; k < steps && Math.abs(w - W0) < FAR; k++) {
    w -= ((rate * (alpha * output(w) - label)) / alpha) * slope(w);
    ways.push(alpha * (w - W0));
  }
  return ways;
}

/** The same for the linearised model, in closed form; alpha is not in it. */
export function trainLinearised({ label, rate, steps }) {
  const h = factor(W0);
  return range(0, steps).map((k) => (label / h) * (1 - (1 - rate * h * h) ** k));
}

/** kappa = (|y| / alpha) |h''| / h'^2 at the start, and there h'' = 2 df/dw. */
export function criterion({ alpha, label }) {
  return ((label / alpha) * Math.abs(2 * factorSlope(W0))) / factor(W0) ** 2;
}

/** All that the figure shows of these values. */
export function view({ alpha, label, rate }) {
  const ways = linspace(...WAYS, 1001);
  const model = train({ alpha, label, rate, steps: STEPS });
  const linearised = trainLinearised({ label, rate, steps: STEPS });
  const close = (all, out) => all.findIndex((u) => Math.abs(out(u) - label) < 0.1 * label);
  return {
    ways, model, linearised,
    losses: losses({ alpha, label, ways }),
    heights: losses({ alpha, label, ways: model }).model,
    lineHeights: losses({ alpha, label, ways: linearised }).linearised,
    movement: model.map((u) => Math.abs(u) / alpha / W0),
    lineMovement: linearised.map((u) => Math.abs(u) / alpha / W0),
    kappa: criterion({ alpha, label }),
    reached: close(model, (u) => alpha * output(W0 + u / alpha)),
    lineReached: close(linearised, (u) => factor(W0) * u),
  };
}

function words({ kappa, reached, lineReached, movement, lineMovement }, { alpha }) {
  const when = (k) => (k < 0 ? `in more than ${STEPS} steps, if ever` : `in ${k} steps`);
  return `At α = ${say(alpha)}, κ = ${say(kappa)}, the model comes within a tenth of its label ${when(reached)}, `
    + `the linearised one ${when(lineReached)}. In the end the weight has moved by ${say(movement.at(-1))} of its length, `
    + `the linearised one by ${say(lineMovement.at(-1))}.`;
}

function render({ model, el }) {
  const body = bodyOf(el);
  const stage = make(body, "div", { class: "x-stage" });
  const land = panel(stage, {
    title: "Loss and training", alt: "The loss of the model and the parabola of its linearisation, with a path on each.",
    x: { label: "α (w − w₀)", range: WAYS }, y: { label: "α² × loss", range: [0, 8] },
  });
  const moved = panel(stage, {
    title: "Relative movement of the weight", alt: "Relative movement of the model and of its linearisation against the step.",
    x: { label: "step", range: [0, STEPS] }, y: { label: "|w − w₀| / w₀", range: [1e-6, 10], log: true },
  });
  const run = model.get("run");
  const looks = ["x-c2", "x-c1"];
  const [parabola, curve] = looks.map((look) => land.line(look));
  const [lineDots, dots] = looks.map((look) => land.dots(look));
  const [lineWay, way] = looks.map((look) => moved.line(look));
  const yours = run && [land.line("x-c4"), moved.line("x-c4")];
  legend(body, [["x-c1", "model αh"], ["x-c2", "linearised at the start"],
    ...(run ? [["x-c4", "your run"]] : [])]);

  prediction(body, {
    name: "scaled_weight",
    question: "The model α h(x; w) is to say 3. You raise α from 5 to 5000 and keep the learning rate η of the loss "
      + "(αh − 3)² / (2α²). How many steps will it need then?",
    choices: ["A thousand times fewer: the way is a thousand times shorter.", "About as many.", "A thousand times more."],
    answer: "About as many: the way is a thousand times shorter, but so is each step. Move α and look: the movement "
      + "falls like 1/α, and the loss straightens into the parabola.",
  });
  const says = summary(body);
  const controls = make(body, "div", { class: "x-controls" });
  slider(controls, model, { key: "alpha", label: "Scale α", min: 1, max: 10000, step: 0.05, log: true });
  slider(controls, model, { key: "label", label: "Label y", min: 0.5, max: 4, step: 0.1 });
  slider(controls, model, { key: "rate", label: "Learning rate η", min: 0.002, max: 0.2, step: 0.05, log: true });
  reset(controls, model, ["alpha", "label", "rate"]);

  const values = () => Object.fromEntries(["alpha", "label", "rate"].map((k) => [k, model.get(k)]));
  let seen;
  const numbers = table(body, () => {
    const every = range(0, seen.model.length - 1, 20);
    const some = (list) => every.map((k) => list[k]);
    return [["step", every], ["α(w − w₀)", some(seen.model)], ["linearised", some(seen.linearised)],
      ["relative movement", some(seen.movement)], ["α² loss", some(seen.heights)]];
  });
  const redraw = () => {
    const now = values();
    seen = view(now);
    curve(seen.ways, seen.losses.model);
    parabola(seen.ways, seen.losses.linearised);
    const some = (list) => list.filter((_, k) => k % 4 === 0);
    dots(some(seen.model), some(seen.heights));
    lineDots(some(seen.linearised), some(seen.lineHeights));
    const after = (draw, list) => draw(range(1, list.length - 1), list.slice(1)); // 0 has no logarithm
    after(way, seen.movement);
    after(lineWay, seen.lineMovement);
    if (run) { yours[0](run.ways, run.heights); after(yours[1], run.movement); }
    says(words(seen, now));
    numbers();
  };
  model.on("change", redraw);
  redraw();
  return () => model.off("change", redraw);
}

export default { render };
