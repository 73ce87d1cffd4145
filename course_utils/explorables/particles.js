// Particles that move, die and are copied, beside the same particles that only move.

import { bodyOf, button, choice, legend, make, reset, slider } from "./shared/controls.js";
import { panel } from "./shared/panel.js";
import { say } from "./shared/scale.js";
import { prediction, summary, table } from "./shared/words.js";

const RATE = 0.02; // learning rate
const LONGEST = 10000; // steps
const BUDGET = 8; // milliseconds of computing a frame
const KEPT = 60; // places in time to which one can go back at once

/** Uniform numbers in [0, 1) from a seed: mulberry32. */
export function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return { state, value: ((t ^ (t >>> 14)) >>> 0) / 4294967296 };
  };
}

/** n particles: weights normal and charges uniform on [-1, 1], both over sqrt(n). */
export function start({ n, seed }) {
  const draw = uniform(seed);
  const weights = [];
  const charges = [];
  let last;
  for (let i = 0; i < n; i++) {
    const [radius, angle] = [Math.sqrt(-2 * Math.log(1 - draw().value)), 2 * Math.PI * draw().value];
    weights.push((radius * Math.cos(angle)) / Math.sqrt(n), (radius * Math.sin(angle)) / Math.sqrt(n));
    last = draw();
    charges.push((2 * last.value - 1) / Math.sqrt(n));
  }
  return { weights, charges, lineage: charges.map((_, i) => i), state: last.state };
}

/**
 * Loss and gradients over all inputs of the circle: L = q' K q with the charges q of student and
 * teacher (-c*), and k(a, b) = |a| |b| (sin phi + (pi - phi) cos phi) / 4 pi.
 */
export function gradients({ weights, charges, teacher }) {
  const [n, N] = [charges.length, charges.length + teacher.charges.length];
  const x = Float64Array.from({ length: N }, (_, j) => (j < n ? weights[2 * j] : teacher.weights[2 * (j - n)]));
  const y = Float64Array.from({ length: N }, (_, j) => (j < n ? weights[2 * j + 1] : teacher.weights[2 * (j - n) + 1]));
  const q = Float64Array.from({ length: N }, (_, j) => (j < n ? charges[j] : -teacher.charges[j - n]));
  const [overlap, across] = [new Float64Array(N), new Float64Array(N)]; // sums over all j of what
  const [restX, restY] = [new Float64Array(N), new Float64Array(N)]; // each shares with i
  for (let i = 0; i < N; i++) {
    for (let j = 0; j <= i; j++) {
      const [dot, cross] = [x[i] * x[j] + y[i] * y[j], Math.abs(x[i] * y[j] - y[i] * x[j])];
      const rest = Math.PI - (dot || cross ? Math.atan2(cross, dot) : Math.PI / 2);
      const shared = cross + rest * dot;
      overlap[i] += q[j] * shared;
      across[i] += q[j] * cross;
      restX[i] += q[j] * rest * x[j];
      restY[i] += q[j] * rest * y[j];
      if (i === j) continue;
      overlap[j] += q[i] * shared;
      across[j] += q[i] * cross;
      restX[j] += q[i] * rest * x[i];
      restY[j] += q[i] * rest * y[i];
    }
  }
  const [byWeight, byCharge] = [[], []];
  for (let i = 0; i < n; i++) {
    const square = x[i] * x[i] + y[i] * y[i];
    const along = square > 0 ? across[i] / square : 0; // relu has no gradient at 0
    const scale = q[i] / (2 * Math.PI);
    byWeight.push(scale * (along * x[i] + restX[i]), scale * (along * y[i] + restY[i]));
    byCharge.push(overlap[i] / (2 * Math.PI));
  }
  const loss = q.reduce((sum, c, i) => sum + c * overlap[i], 0) / (4 * Math.PI);
  return { loss, byWeight, byCharge };
}

/**
 * Which particle stands in each place after births and deaths at these rates a step; `draws` are
 * three uniform numbers for each. First deaths, the place of each to a random survivor; then copies,
 * in places of others that are not copied.
 */
export function replacements({ rates, draws: [happens, ofSurvivor, order] }) {
  const places = rates.map((_, i) => i);
  const dead = places.map((i) => happens[i] < Math.abs(rates[i]) && rates[i] > 0);
  if (dead.every((one) => one)) dead.fill(false);
  const survivors = places.filter((i) => !dead[i]);
  const stands = places.map((i) => (dead[i] ? survivors[Math.floor(ofSurvivor[i] * survivors.length)] : i));
  const born = places.map((i) => happens[i] < Math.abs(rates[i]) && rates[i] < 0);
  const key = places.map((i) => order[i] + (born[i] ? 1 : 0));
  const shuffled = [...places].sort((i, j) => key[i] - key[j]); // those that are not copied first
  const others = born.filter((one) => !one).length;
  const sources = [...stands];
  for (let place = 0; place < others && place + others < rates.length; place++) {
    sources[shuffled[place]] = shuffled[place + others];
  }
  return sources;
}

/** One step of descent, then of births and deaths at the rates that stood before it. */
export function step({ weights, charges, lineage, state }, { teacher, alpha }) {
  const { loss, byWeight, byCharge } = gradients({ weights, charges, teacher });
  const n = charges.length;
  const moved = weights.map((w, i) => w - RATE * byWeight[i]);
  const charged = charges.map((c, i) => c - RATE * byCharge[i]);
  if (!alpha) return { loss, weights: moved, charges: charged, lineage, state };
  const rates = charges.map((c, i) => alpha * n * RATE * c * byCharge[i]);
  const draw = uniform(state);
  let last = { state };
  const draws = [0, 1, 2].map(() => rates.map(() => (last = draw()).value));
  const sources = replacements({ rates, draws });
  return {
    loss, state: last.state,
    weights: sources.flatMap((s) => [moved[2 * s], moved[2 * s + 1]]),
    charges: sources.map((s) => charged[s]),
    lineage: sources.map((s) => lineage[s]),
  };
}

/** Whether a step is one of those that are kept: all up to 20, then some forty a decade. */
export function kept(k) {
  return k <= 20 || Math.floor(40 * Math.log10(k)) > Math.floor(40 * Math.log10(k - 1));
}

/** Two populations from one start, one of which only moves; `advance` takes them a step further. */
export function race({ n, alpha, teacher, seed = 1 }) {
  const first = start({ n, seed });
  let [k, both] = [0, [first, first]];
  let past = [];
  const record = { steps: [], losses: [[], []], left: [] };
  const look = () => ({ k, both, ...record, now: both.map((one) => gradients({ ...one, teacher }).loss) });
  const note = () => {
    if (!kept(k) || k <= (record.steps.at(-1) ?? -1)) return;
    record.steps.push(k);
    both.forEach((one, i) => record.losses[i].push(gradients({ ...one, teacher }).loss));
    record.left.push(new Set(both[0].lineage).size);
  };
  note();
  return {
    look,
    get at() { return k; },
    advance() {
      if (k % 10 === 0) past.push([k, both]);
      if (past.length > KEPT) past = past.filter((_, i) => i % 2 === 0);
      both = both.map((one, i) => step(one, { teacher, alpha: i ? 0 : alpha }));
      k += 1;
      note();
    },
    /** Back to the last kept place that is not after `goal`. */
    back(goal) {
      while (past.length > 1 && past.at(-1)[0] > goal) past.pop();
      [k, both] = past.length ? past.pop() : [0, [first, first]];
      const keep = record.steps.filter((s) => s <= k).length;
      for (const list of [record.steps, ...record.losses, record.left]) list.length = keep;
    },
  };
}

function words({ now, left, k }, { n, alpha }) {
  const [births, descent] = now;
  const who = births < descent * 0.98 ? "birth and death are ahead"
    : births > descent * 1.02 ? "descent alone is ahead" : "they are level";
  return `After ${k} steps the loss is ${say(births)} with births and deaths of strength ${say(alpha)}, and ${say(descent)} by `
    + `descent alone: ${who}. Of ${n} lineages ${left.at(-1)} are left.`;
}

function render({ model, el }) {
  const body = bodyOf(el);
  const stage = make(body, "div", { class: "x-stage" });
  const reach = 5; // of n |c| theta, which is of order 1 for any n
  const plane = panel(stage, {
    title: "Particles with births and deaths",
    alt: "Positions of the particles in the plane, and rays in the teacher's directions.",
    x: { label: "n |c| θ, first coordinate", range: [-reach, reach] },
    y: { label: "second coordinate", range: [-reach, reach] },
  });
  const fall = panel(stage, {
    title: "The loss", alt: "Loss against the step, both logarithmic, of both populations.",
    x: { label: "step", range: [1, LONGEST], log: true }, y: { label: "loss", range: [1e-4, 3], log: true },
  });
  const teacher = model.get("teacher");
  for (const [sign, look] of [[1, "x-c1"], [-1, "x-c2"]]) {
    const ray = plane.line(`${look} x-thin`);
    const mine = teacher.charges.map((_, j) => j).filter((j) => sign * teacher.charges[j] > 0);
    const ends = (axis) => mine.flatMap((j) => [0, 9 * teacher.weights[2 * j + axis], NaN]);
    ray(ends(0), ends(1));
  }
  const [plus, minus] = [plane.dots("x-c1"), plane.dots("x-c2")];
  const [births, descent] = [fall.line("x-c3"), fall.line("x-level x-wide")];
  const run = model.get("run");
  if (run) fall.line("x-c4")(run.steps, run.losses);
  legend(body, [["x-c1", "charge above 0 (rays: the teacher)"], ["x-c2", "below 0"], ["x-c3", "births and deaths"],
    ["x-level x-wide", "descent alone"], ...(run ? [["x-c4", "your run"]] : [])]);
  prediction(body, {
    name: "particles",
    question: "Both populations start with the same 100 particles. In one of them the bad die and the good are copied. "
      + "Which has the lower loss after 30 steps, and which after 1000?",
    choices: ["Births and deaths, both times.", "First births and deaths, later descent.", "Descent, both times."],
    answer: "Copies gather quickly where the loss asks for particles. But a copy is no new direction: lineages die out, and "
      + "with few of them left there is nothing to choose from. Play it with more particles, or with a weaker strength.",
  });
  const says = summary(body);
  const controls = make(body, "div", { class: "x-controls" });
  slider(controls, model, { key: "steps", label: "Step", min: 0, max: LONGEST, step: 10 });
  slider(controls, model, { key: "alpha", label: "Strength ᾱ", min: 0, max: 40, step: 1 });
  slider(controls, model, { key: "n", label: "Particles n", min: 10, max: 200, step: 10 });
  const row = make(controls, "div", { class: "x-row" });
  const play = button(row, "Play", () => toggle());
  button(row, "One step", () => model.set("steps", Math.min(LONGEST, model.get("steps") + 1)));
  reset(row, model, ["steps", "alpha", "n"]);
  const speed = choice(controls, "Steps a frame", [["1", 1], ["5", 5], ["20", 20]]);

  let [seen, seenFor, pending, playing] = [null, "", 0, false];
  const values = () => ({ n: model.get("n"), alpha: model.get("alpha"), teacher });
  const numbers = table(body, () => {
    const { steps, losses, left } = seen.look();
    const some = (list) => list.filter((_, i) => i < 20 || i % 5 === 0);
    return [["step", some(steps)], ["loss, births and deaths", some(losses[0])],
      ["loss, descent", some(losses[1])], ["lineages", some(left)]];
  });
  const paint = () => {
    const view = seen.look();
    const [{ weights, charges }] = view.both;
    const at = (sign, axis) => charges.flatMap((c, i) => (sign * c > 0 ? [charges.length * Math.abs(c) * weights[2 * i + axis]] : []));
    plus(at(1, 0), at(1, 1));
    minus(at(-1, 0), at(-1, 1));
    births(view.steps.map((k) => Math.max(k, 0.5)), view.losses[0]);
    descent(view.steps.map((k) => Math.max(k, 0.5)), view.losses[1]);
    says(words(view, values()));
    numbers();
  };
  const work = () => {
    pending = 0;
    if (!el.isConnected) return;
    const until = performance.now() + BUDGET;
    if (playing && seen.at >= model.get("steps")) {
      model.set("steps", Math.min(LONGEST, model.get("steps") + speed()));
      if (model.get("steps") === LONGEST) toggle();
    }
    const goal = model.get("steps");
    if (seen.at > goal) seen.back(goal);
    while (seen.at < goal && performance.now() < until) seen.advance();
    paint();
    const busy = seen.at < goal;
    if (busy) el.dataset.busy = ""; else delete el.dataset.busy;
    if (busy || playing) later();
  };
  const later = () => { pending ||= requestAnimationFrame(work); };
  const toggle = () => {
    playing = !playing;
    play.textContent = playing ? "Pause" : "Play";
    if (playing) later();
  };
  const changed = () => {
    const key = JSON.stringify(values());
    if (key !== seenFor) [seen, seenFor] = [race(values()), key];
    if (pending || playing) later(); else work();
  };
  model.on("change", changed);
  changed();
  return () => {
    model.off("change", changed);
    cancelAnimationFrame(pending);
  };
}

export default { render };
