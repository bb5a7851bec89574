// The page's own script: which slide is shown, and what a mark says. It reads no data but what stands on the page.
"use strict";
const slides = [...document.querySelectorAll(".slide")];
const [bar, back, on, mode, count, tip] = ["bar", "back", "on", "mode", "count", "tip"].map((id) => document.getElementById(id));
const roomy = matchMedia("(min-width: 60rem) and (min-height: 35rem)");
let asSlides = roomy.matches;

const at = () => Math.max(0, slides.findIndex((slide) => `#${slide.id}` === location.hash));

function show(focus) {
  const now = at();
  document.body.classList.toggle("slides", asSlides);
  slides.forEach((slide, i) => { slide.hidden = asSlides && i !== now; });
  back.hidden = on.hidden = count.hidden = !asSlides;
  back.disabled = now === 0;
  on.disabled = now === slides.length - 1;
  count.textContent = bar.dataset.count.replace("{at}", now + 1).replace("{all}", slides.length);
  mode.textContent = asSlides ? mode.dataset.page : mode.dataset.slides;
  hush();
  if (asSlides) scrollTo(0, 0);
  else if (location.hash) slides[now].scrollIntoView();
  if (focus) slides[now].querySelector("h2").focus({ preventScroll: true });
}

function go(to) {
  if (to >= 0 && to < slides.length && to !== at()) location.hash = slides[to].id;
}

function move(event) {
  const steps = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
  const ends = { Home: 0, End: slides.length - 1 };
  if (event.key in steps) go(at() + steps[event.key]);
  else if (event.key in ends) go(ends[event.key]);
  else return;
  event.preventDefault();
}

function along(event, mark) {
  const marks = [...mark.closest("svg").querySelectorAll(".mark")];
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const ends = { Home: 0, End: marks.length - 1 };
  const to = event.key in steps ? marks.indexOf(mark) + steps[event.key] : ends[event.key];
  if (to === undefined) return false;
  event.preventDefault();
  const next = marks[to];
  if (next) { mark.tabIndex = -1; next.tabIndex = 0; next.focus(); }
  return true;
}

function say(mark) {
  tip.replaceChildren(...mark.getAttribute("aria-label").split("; ").map((line) => {
    const row = document.createElement("div");
    row.textContent = line;
    return row;
  }));
  tip.hidden = false;
  const place = (mark.querySelector("circle, rect") || mark).getBoundingClientRect(), own = tip.getBoundingClientRect();
  const left = Math.min(Math.max(8, place.left + place.width / 2 - own.width / 2), innerWidth - own.width - 8);
  const above = place.top - own.height - 10;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 8 ? above : place.bottom + 10}px`;
}

function hush() { tip.hidden = true; }

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Escape") { hush(); return; }
  const mark = event.target.closest(".mark");
  if (mark && along(event, mark)) return;
  if (asSlides && !event.target.closest(".table, .contents[open]")) move(event);
});
document.addEventListener("pointerover", (event) => {
  const mark = event.target.closest(".mark");
  if (mark) say(mark); else hush();
});
document.addEventListener("focusin", (event) => {
  const mark = event.target.closest(".mark");
  if (mark) say(mark); else hush();
});
document.addEventListener("scroll", hush, { passive: true });

let from = null;
document.addEventListener("touchstart", (event) => {
  from = event.touches.length === 1 && !event.target.closest(".table") ? event.touches[0] : null;
}, { passive: true });
document.addEventListener("touchend", (event) => {
  if (!from || !asSlides) return;
  const across = event.changedTouches[0].clientX - from.clientX, down = event.changedTouches[0].clientY - from.clientY;
  if (Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(down)) go(at() + (across < 0 ? 1 : -1));
}, { passive: true });

back.addEventListener("click", () => go(at() - 1));
on.addEventListener("click", () => go(at() + 1));
mode.addEventListener("click", () => { const now = slides[at()]; asSlides = !asSlides; show(false); if (!asSlides) now.scrollIntoView(); });
addEventListener("hashchange", () => { document.querySelector(".contents").open = false; show(true); });
addEventListener("load", () => { if (asSlides) scrollTo(0, 0); }); // the browser goes to the slide, below the title

let shut = [];
addEventListener("beforeprint", () => {
  shut = [...document.querySelectorAll(".notes:not([open])")];
  shut.forEach((notes) => { notes.open = true; });
});
addEventListener("afterprint", () => shut.forEach((notes) => { notes.open = false; }));
document.querySelectorAll("svg").forEach((chart) => { const first = chart.querySelector(".mark"); if (first) first.tabIndex = 0; });
bar.hidden = false;
show(false);
