// Descent on the loss (s - w2 w1)^2 of the smallest deep network.

import { bodyOf, legend, make, reset, slider } from "./shared/controls.js";
import { flow } from "./shared/flow.js";
import { panel } from "./shared/panel.js";
import { linspace, say } from "./shared/scale.js";
import { prediction, summary, table } from "./shared/words.js";

const FAR = 1e6; // a weight beyond it is on its way to infinity
const TIME = 6; // of the right panel, in time constants

/** Steps of w <- w - eta dL/dw; the path ends where a weight is too far out. */
export function descend({ target, w1, w2, rate, steps }) {
  const path = { w1: [w1], w2: [w2] };
  for (let k = 0; k < steps && Math.abs(w1) < FAR && Math.abs(w2) < FAR; k++) {
    const error = 2 * (w1 * w2 - target);
    [w1, w2] = [w1 - rate * error * w2, w2 - rate * error * w1];
    path.w1.push(w1);
    path.w2.push(w2);
  }
  return path;
}

/** Below this learning rate descent is stable at the minimum with this imbalance |w2^2 - w1^2|. */
export function stableRate({ target, imbalance }) {
  return 1 / Math.hypot(imbalance, 2 * target);
}

/** What became of a path: "diverged", "settled" or "moving". */
export function outcome({ w1, w2 }, target) {
  const last = w1.length - 1;
  if (!(Math.abs(w1[last]) < FAR && Math.abs(w2[last]) < FAR)) return "diverged";
  const errors = [last - 1, last].map((k) => Math.abs(w1[k] * w2[k] - target));
  return Math.max(...errors) < 1e-2 * target ? "settled" : "moving";
}

/** All that the figure shows of these values. */
export function view({ target, w1, w2, rate }) {
  const imbalance = Math.abs(w2 * w2 - w1 * w1);
  const steps = Math.min(2000, Math.max(60, Math.ceil(TIME / (2 * rate))));
  const path = descend({ target, w1, w2, rate, steps });
  const times = linspace(0, TIME, 200);
  const strengths = path.w1.map((w, k) => w * path.w2[k]);
  return {
    path, strengths, times, steps,
    flow: flow({ target, start: w1 * w2, imbalance, times }),
    stable: stableRate({ target, imbalance }),
    fate: outcome(path, target),
    end: Math.abs(path.w2.at(-1) ** 2 - path.w1.at(-1) ** 2),
  };
}

function words({ stable, fate, steps, end, path }, { target, rate }) {
  const edge = `Descent along the flow is stable up to a learning rate of ${say(stable)}, `
    + `and yours is ${say(rate)}, ${rate < stable ? "below it" : "above it"}. `;
  if (fate === "diverged") return `${edge}After ${path.w1.length - 1} steps the weights have left all bounds.`;
  if (fate === "moving") return `${edge}After ${steps} steps the strength has not settled.`;
  const flatter = `at a minimum of imbalance ${say(end)}, stable up to ${say(stableRate({ target, imbalance: end }))}.`;
  return `${edge}It settles ${flatter}`;
}

/** Levels of the loss as hyperbolas w2 = u / w1, with NaN between the branches. */
function hyperbola(u, reach) {
  const side = linspace(Math.abs(u) / (2 * reach), 2 * reach, 80);
  const xs = [...side.map((x) => -x).reverse(), NaN, ...side];
  return [xs, xs.map((x) => u / x)];
}

function render({ model, el }) {
  const [near, reach] = [-1.2, 2.6];
  const body = bodyOf(el);
  const stage = make(body, "div", { class: "x-stage" });
  const weights = panel(stage, {
    title: "The landscape", alt: "Levels of the loss over both weights, the valley, and the path of descent.",
    x: { label: "w₁", range: [near, reach] }, y: { label: "w₂", range: [near, reach] },
  });
  const strength = panel(stage, {
    title: "The strength w₂w₁", alt: "Strength against time: the flow as a line, descent as dots.",
    x: { label: "time in units of τ", range: [0, TIME] }, y: { label: "w₂w₁", range: [-0.5, 2.5] },
  });
  const levels = [0.25, 1, 2.25, 4, 6.25].flatMap((loss) => [-1, 1].map((sign) =>
    [sign * Math.sqrt(loss), weights.line("x-level")]));
  const valley = weights.line("x-c3 x-wide");
  const [track, dots] = [weights.line("x-c1 x-thin"), weights.dots("x-c1")];
  const run = model.get("run");
  const [goal, theory] = [strength.line("x-level"), strength.line("x-c2")];
  const [steps, jumps] = [strength.dots("x-c1"), strength.line("x-c1 x-thin")];
  const yours = run && [weights.line("x-c4"), strength.line("x-c4")];
  legend(body, [["x-c3 x-wide", "minima, w₂w₁ = s"], ["x-c1", "descent, a dot a step"], ["x-c2", "flow"],
    ...(run ? [["x-c4", "your run"]] : [])]);

  prediction(body, {
    name: "two_weights",
    question: "The weights start far from balanced, and the learning rate is above what the nearest minimum bears. "
      + "What will descent do?",
    choices: ["Leave all bounds.", "Jump across the valley for ever.", "Settle at another minimum."],
    answer: "Descent jumps across the valley, and each jump makes the two weights more equal, until it reaches a minimum "
      + "flat enough for its learning rate. Now move the sliders: when does it find none?",
  });
  const says = summary(body);
  const controls = make(body, "div", { class: "x-controls" });
  slider(controls, model, { key: "rate", label: "Learning rate η", min: 0.01, max: 1, step: 0.02, log: true });
  slider(controls, model, { key: "target", label: "Target s", min: 0.2, max: 2, step: 0.05 });
  slider(controls, model, { key: "w1", label: "Start of w₁", min: -2.5, max: 2.5, step: 0.05 });
  slider(controls, model, { key: "w2", label: "Start of w₂", min: -2.5, max: 2.5, step: 0.05 });
  reset(controls, model, ["rate", "target", "w1", "w2"]);

  const values = () => Object.fromEntries(["rate", "target", "w1", "w2"].map((k) => [k, model.get(k)]));
  let seen;
  const numbers = table(body, () => {
    const rows = seen.strengths.slice(0, 25);
    return [["step", rows.map((_, k) => k)], ["w₁", seen.path.w1], ["w₂", seen.path.w2],
      ["strength", rows], ["loss", rows.map((u) => (values().target - u) ** 2)]];
  });
  const redraw = () => {
    const now = values();
    seen = view(now);
    for (const [offset, line] of levels) line(...hyperbola(now.target + offset, reach));
    valley(...hyperbola(now.target, reach));
    track(seen.path.w1, seen.path.w2);
    dots(seen.path.w1, seen.path.w2);
    goal([0, TIME], [now.target, now.target]);
    theory(seen.times, seen.flow);
    const clock = seen.strengths.map((_, k) => 2 * now.rate * k);
    const shown = clock.findLastIndex((t) => t <= TIME) + 1;
    const few = Math.max(1, Math.floor(shown / 60));
    const some = (list) => list.slice(0, shown).filter((_, k) => k % few === 0);
    steps(some(clock), some(seen.strengths));
    jumps(few > 1 ? [] : some(clock), few > 1 ? [] : some(seen.strengths));
    if (run) { yours[0](run.w1, run.w2); yours[1](run.times, run.strengths); }
    says(words(seen, now));
    numbers();
  };
  weights.pick((x, y) => { model.set("w1", x); model.set("w2", y); });
  model.on("change", redraw);
  redraw();
  return () => model.off("change", redraw);
}

export default { render };
