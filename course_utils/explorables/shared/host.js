// Shows figures where there is no widget manager: on a page, and in what a notebook cell printed.

/** Values with listeners, as anywidget's front end has them. */
export function createModel(start) {
  const values = { ...start };
  const listeners = new Map();
  return {
    get: (key) => values[key],
    set(key, value) {
      if (values[key] === value) return;
      values[key] = value;
      for (const call of listeners.get(`change:${key}`) ?? []) call();
      for (const call of listeners.get("change") ?? []) call();
    },
    on(event, call) {
      listeners.set(event, [...(listeners.get(event) ?? []), call]);
    },
    off(event, call) {
      listeners.set(event, (listeners.get(event) ?? []).filter((other) => other !== call));
    },
    save_changes() {},
  };
}

/** Renders into every figure of this name that does not live yet. The still picture stays if it fails. */
export function mount(name, { render }) {
  for (const figure of document.querySelectorAll(`figure.explorable[data-figure="${name}"]`)) {
    if ("live" in figure.dataset) continue;
    const el = document.createElement("div");
    el.className = "x-live";
    // Else JupyterLab takes the arrow keys for its own.
    el.addEventListener("keydown", (event) => event.stopPropagation());
    figure.prepend(el);
    figure.dataset.live = "";
    try {
      render({ model: createModel(JSON.parse(figure.dataset.start)), el });
    } catch (error) {
      el.remove();
      delete figure.dataset.live;
      throw error;
    }
  }
}
