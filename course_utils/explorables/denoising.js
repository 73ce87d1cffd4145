// One mode of a linear denoising autoencoder: what noise and weight decay make of it.

import { bodyOf, legend, make, reset, slider } from "./shared/controls.js";
import { panel } from "./shared/panel.js";
import { linspace, say } from "./shared/scale.js";
import { prediction, summary, table } from "./shared/words.js";

const KEYS = ["eigenvalue", "noise", "decay", "start"];

/** Numbers from a to b, each the same multiple of the one before. */
function powers([a, b], count) {
  return linspace(Math.log(a), Math.log(b), count).map(Math.exp);
}

/** Where a mode ends: u* = max(0, lambda - n gamma) / (lambda + n s^2). */
export function fixedPoint({ lambda, n, noise, decay }) {
  return Math.max(0, lambda - n * decay) / (lambda + n * noise);
}

/** Strengths at these epochs: tau du/dt = 2 u (lambda - n gamma - (lambda + n s^2) u), tau = n / eta. */
export function grow({ lambda, n, rate, noise, decay, u0, epochs }) {
  const drive = lambda - n * decay;
  return epochs.map((epoch) => {
    const t = (epoch * rate) / n;
    const x = 2 * drive * t; // both sides of the fraction are divided by e^x where x > 0
    const mean = x === 0 ? 1 : -Math.expm1(-Math.abs(x)) / Math.abs(x);
    const room = Math.exp(-Math.max(x, 0)) + 2 * (lambda + n * noise) * u0 * t * mean;
    return (u0 * Math.exp(Math.min(x, 0))) / room;
  });
}

/** The epoch at which a mode is half way to its end, 0 if it starts beyond; Infinity if it ends at 0. */
export function halfEpoch({ lambda, n, rate, noise, decay, u0 }) {
  const end = fixedPoint({ lambda, n, noise, decay });
  if (end === 0) return Infinity;
  if (end <= 2 * u0) return 0;
  return (n / rate / (2 * (lambda - n * decay))) * Math.log(end / u0 - 1);
}

/** All that the figure shows of these values: with both, with noise or decay alone, and with neither. */
export function view({ eigenvalue, noise, decay, start, n, rate }) {
  const settings = { both: { noise, decay }, noise: { noise, decay: 0 }, decay: { noise: 0, decay },
    plain: { noise: 0, decay: 0 } };
  const epochs = powers([0.02 / rate, 200 / rate], 201);
  const threshold = n * decay;
  const [least, most] = [0.04 * n, 20 * n];
  const kink = threshold > least ? [threshold] : [];
  const lambdas = [...powers([least, most], 161), ...kink].sort((a, b) => a - b);
  const each = Object.entries(settings).map(([name, setting]) => {
    const mode = { lambda: eigenvalue, n, rate, u0: start, ...setting };
    return [name, { strengths: grow({ ...mode, epochs }), end: fixedPoint(mode), half: halfEpoch(mode),
      ends: lambdas.map((lambda) => fixedPoint({ lambda, n, ...setting })) }];
  });
  return { epochs, lambdas, threshold, ...Object.fromEntries(each) };
}

function told({ both, noise, decay, threshold }, { eigenvalue }) {
  const when = ({ end, half }) => `${say(end)} after ${say(half)}`;
  if (both.end === 0) {
    return `Decay switches the mode off: λ = ${say(eigenvalue)} is not above nγ = ${say(threshold)}. `
      + `With noise alone it ends at ${say(noise.end)}, and is half way there after ${say(noise.half)} epochs.`;
  }
  return `The mode ends at ${say(both.end)}, and is half way there after ${say(both.half)} epochs; `
    + `with noise alone at ${when(noise)}, with decay alone at ${when(decay)}.`;
}

function render({ model, el }) {
  const [n, rate, run] = ["n", "rate", "run"].map((key) => model.get(key));
  const [least, most] = [0.04 * n, 20 * n];
  const [first, last] = [0.02 / rate, 200 / rate];
  const body = bodyOf(el);
  const stage = make(body, "div", { class: "x-stage" });
  const learned = panel(stage, {
    title: "One mode", alt: "Strength of the mode against the epoch, and its end.",
    x: { label: "epoch", range: [first, last], log: true }, y: { label: "strength u", range: [0, 1.05] },
  });
  const ends = panel(stage, {
    title: "Where modes end", alt: "The end of a mode against its eigenvalue; a dot marks the mode of the left panel.",
    x: { label: "eigenvalue λ", range: [least, most], log: true }, y: { label: "end u*", range: [0, 1.05] },
  });
  const looks = { plain: "x-level", noise: "x-c2", decay: "x-c3", both: "x-c1 x-wide" };
  const lines = Object.entries(looks).map(([name, look]) => [name, learned.line(look), ends.line(look)]);
  const [goal, edge, here] = [learned.line("x-c1 x-thin"), ends.line("x-c1 x-thin"), ends.dots("x-c1 x-big")];
  const yours = run && learned.line("x-c4");
  legend(body, [["x-c1", "noise and decay"], ["x-c2", "noise alone"], ["x-c3", "decay alone"],
    ["x-level", "neither"], ...(run ? [["x-c4", "your run"]] : [])]);

  prediction(body, {
    name: "denoising",
    question: "A mode with λ = 800 learns under noise of variance 0.5 and a decay of 0.5. Now the noise is made "
      + "ten times as strong. When will the mode be half way to its end?",
    choices: ["Later.", "A little sooner.", "Never: it is switched off."],
    answer: "A little sooner, after 2730 epochs instead of 2990: noise leaves the early growth alone and lowers "
      + "the end, so there is less far to go. Try the same with decay.",
  });
  const says = summary(body);
  const controls = make(body, "div", { class: "x-controls" });
  slider(controls, model, { key: "noise", label: "Noise variance s²", min: 0, max: 5, step: 0.05 });
  slider(controls, model, { key: "decay", label: "Weight decay γ", min: 0, max: 2, step: 0.02 });
  slider(controls, model, { key: "eigenvalue", label: "Eigenvalue λ", min: least, max: most, step: 0.02, log: true });
  slider(controls, model, { key: "start", label: "Start u₀", min: 1e-8, max: 0.01, step: 0.1, log: true });
  reset(controls, model, KEYS);

  const values = () => Object.fromEntries([...KEYS, "n", "rate"].map((key) => [key, model.get(key)]));
  let seen;
  const numbers = table(body, () => {
    const some = (list) => list.filter((_, k) => k % 10 === 0);
    return [["epoch", some(seen.epochs)], ["strength", some(seen.both.strengths)],
      ["noise alone", some(seen.noise.strengths)], ["decay alone", some(seen.decay.strengths)],
      ["neither", some(seen.plain.strengths)]];
  });
  const redraw = () => {
    const now = values();
    seen = view(now);
    for (const [name, left, right] of lines) {
      left(seen.epochs, seen[name].strengths);
      right(seen.lambdas, seen[name].ends);
    }
    goal([first, last], [seen.both.end, seen.both.end]);
    edge([now.eigenvalue, now.eigenvalue, least], [0, seen.both.end, seen.both.end]);
    here([now.eigenvalue], [seen.both.end]);
    if (run) yours(run.epochs, run.strengths);
    says(told(seen, now));
    numbers();
  };
  ends.pick((lambda) => model.set("eigenvalue", lambda));
  model.on("change", redraw);
  redraw();
  return () => model.off("change", redraw);
}

export default { render };
