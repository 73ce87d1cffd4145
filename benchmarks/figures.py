"""`python -m benchmarks.figures [NAME ...]`: what the figures weigh and how fast they answer.

Each slider is moved over its whole range in 200 steps, in Chromium. A step is timed within a frame,
from the event to the end of that frame's layout and paint, so that waiting for the frame does not
count: what has to fit between two frames of 16.7 ms.
"""

import gzip
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from course_utils import explorables

STEP = """async () => {
  const took = [];
  const frame = (i, slider) => new Promise((done) => requestAnimationFrame(() => {
    const begun = performance.now();
    slider.value = Number(slider.min) + (slider.max - slider.min) * i / 199;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    const after = new MessageChannel();
    after.port1.onmessage = () => { took.push(performance.now() - begun); done(); };
    after.port2.postMessage(0);
  }));
  for (const slider of document.querySelectorAll("input[type=range]"))
    for (let i = 0; i < 200; i++) await frame(i, slider);
  return took.sort((a, b) => a - b);
}"""


def main(names: list[str]) -> None:
    known = [name for name in explorables.__all__ if name != "Explorable"]
    if unknown := set(names) - set(known):
        sys.exit(f"benchmarks.figures: {sorted(unknown)}: there are {', '.join(known)}")
    print(f"{'figure':<20}{'kB, gzip':>10}{'step, median ms':>18}{'95th percentile':>18}")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = shutil.which("chromium")
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for name in names or known:
            text = getattr(explorables, name)().html()
            took = steps(browser, text, Path(folder) / f"{name}.html")
            median, late = took[len(took) // 2], took[int(0.95 * len(took))]
            size = len(gzip.compress(text.encode())) / 1000
            print(f"{name:<20}{size:>10.1f}{median:>18.1f}{late:>18.1f}", flush=True)
        if "particles" in (names or known):
            early, late = memory(browser, Path(folder) / "particles.html")
            print(f"particles, heap after 1000 steps {early:.2f} MB, after 10 000 {late:.2f} MB")
        browser.close()


def memory(browser: Browser, file: Path) -> tuple[float, float]:
    """Megabytes of the page's heap, garbage collected, after 1000 and 10 000 steps of play."""
    text = explorables.particles(n_particles=20, n_steps=0).html()
    file.write_text(f"<!doctype html><meta charset=utf-8><body>{text}", encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    page.get_by_role("button", name="Skip").click()
    page.get_by_label("Steps a frame").select_option("20")
    page.get_by_role("button", name="Play").click()
    inside, found = page.context.new_cdp_session(page), []
    for step in (1000, 10_000):
        page.wait_for_function(
            f"Number(document.querySelector('[data-key=steps]').dataset.value) >= {step}",
            timeout=600_000,
        )
        inside.send("HeapProfiler.collectGarbage")
        found.append(inside.send("Runtime.getHeapUsage")["usedSize"] / 1e6)
    page.close()
    return found[0], found[1]


def steps(browser: Browser, figure: str, file: Path) -> list[float]:
    """Milliseconds of each step of each slider, sorted."""
    file.write_text(f"<!doctype html><meta charset=utf-8><body>{figure}", encoding="utf-8")
    page: Page = browser.new_page(viewport={"width": 1300, "height": 900})
    page.goto(file.as_uri())
    page.get_by_role("button", name="Skip").click()
    took = page.evaluate(STEP)
    page.close()
    return took


if __name__ == "__main__":
    main(sys.argv[1:])
