/* Walks a redlining map by keyboard, pointer or search. Without this script the page is complete: see map_figure.html.
   The drawing is fetched from the picture's own address and put in the picture's place; should that fail, the picture stays.
   It becomes a listbox with one tab stop; the areas are its options in reading order (`aria-activedescendant`).
   The option's name says label, grade and word, so the panel beside it is not live: nothing is read twice. */

const NEXT = new Set(["ArrowRight", "ArrowDown"]);
const BACK = new Set(["ArrowLeft", "ArrowUp"]);
const LEAP = 10;

/** Letters and digits alone: "B-17", "b 17" and "B17" are one label, "Águas" is found by "aguas". */
const plain = (text) => text.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);

/** What the figure says about each area, read from the drawing and the legend. */
function areasOf(figure) {
  const words = new Map();
  for (const row of figure.querySelectorAll("[data-map-legend]")) words.set(row.dataset.mapLegend, row.dataset.word);
  return [...figure.querySelectorAll("[data-area]")].map((path, index) => {
    const grade = path.dataset.grade;
    const title = path.querySelector("title")?.textContent ?? "";
    const label = title && title !== `(${grade})` ? title : figure.dataset.textNolabel;
    return { path, index, grade, label, word: words.get(grade) ?? "", labelled: label === title };
  });
}

/** The areas that a query means: a grade ("D", "grade D", "hazardous"), the beginning of a label, any part of a name. */
function matches(areas, query, gradeText) {
  const asked = plain(query);
  if (!asked) return [];
  const long = asked.length > 2; // one or two letters are a grade or a label, not a part of some word
  return areas.filter((area) => {
    const label = area.labelled ? plain(area.label) : "";
    const grades = [area.word, `${area.grade}, ${area.word}`, fill(gradeText, area)].map(plain);
    return plain(area.grade) === asked || label.startsWith(asked)
      || (long && (label.includes(asked) || grades.some((words) => words.startsWith(asked))));
  });
}

/** The drawing at the picture's address, without its own rules: on the page those of drawing.css count. Null without it. */
async function drawingOf(image) {
  const answer = await fetch(image.src).catch(() => null);
  if (!answer?.ok) return null;
  const text = (await answer.text()).replace(/<style>.*?<\/style>/s, "");
  const drawing = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  return drawing.localName === "svg" ? document.adoptNode(drawing) : null;
}

async function attach(figure) {
  const find = (name) => figure.querySelector(`[data-map-${name}]`);
  const picture = find("picture");
  const drawing = await drawingOf(picture.querySelector("img"));
  if (!drawing) return; // the picture, its words and its table are there already
  picture.replaceChildren(drawing);
  const areas = areasOf(figure);
  const [halo, ring] = ["map-halo", "map-ring"].map((name) => {
    const outline = document.createElementNS(drawing.namespaceURI, "path");
    outline.setAttribute("class", name);
    outline.setAttribute("aria-hidden", "true");
    return outline;
  });
  drawing.append(halo, ring);
  const table = find("link").getAttribute("href");
  let current = -1;
  let found = [];

  const spoken = (area) => fill(figure.dataset.textOption, area);

  function choose(index) {
    const area = areas[Math.max(0, Math.min(areas.length - 1, index))];
    if (current >= 0) areas[current].path.setAttribute("aria-selected", "false");
    current = area.index;
    area.path.setAttribute("aria-selected", "true");
    picture.setAttribute("aria-activedescendant", area.path.id);
    for (const outline of [halo, ring]) outline.setAttribute("d", area.path.getAttribute("d"));
    find("label").textContent = area.label;
    find("grade").textContent = fill(figure.dataset.textGrade, area);
    find("place").textContent = fill(figure.dataset.textPlace, { number: area.index + 1, all: areas.length });
    find("link").setAttribute("href", `${table}?area=${area.index}#area-${area.index}`);
    find("hint").hidden = true;
    find("chosen").hidden = false;
  }

  function search(query) {
    found = matches(areas, query, figure.dataset.textGrade);
    drawing.classList.toggle("has-found", found.length > 0);
    for (const area of areas) area.path.classList.toggle("is-found", found.includes(area));
    if (found.length) choose((found.find((area) => plain(area.label.split(",")[0]) === plain(query)) ?? found[0]).index);
    report(query);
  }

  function report(query) {
    const texts = figure.dataset;
    const text = found.length > 1 ? texts.textFound : found.length ? texts.textFoundOne : texts.textFoundNone;
    const here = found.length ? spoken(areas[current]) : "";
    find("found").textContent = query.trim() ? fill(text, { count: found.length, area: here }) : "";
  }

  function nextFound(step) {
    if (!found.length) return;
    const place = found.findIndex((area) => area.index === current);
    choose(found[(place + step + found.length) % found.length].index);
  }

  function onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const target = NEXT.has(event.key) ? current + 1 : BACK.has(event.key) ? current - 1
      : event.key === "Home" ? 0 : event.key === "End" ? areas.length - 1
      : event.key === "PageDown" ? current + LEAP : event.key === "PageUp" ? current - LEAP : null;
    if (target === null) return;
    event.preventDefault();
    choose(target);
  }

  for (const area of areas) {
    area.path.id = `map-area-${area.index}`;
    area.path.setAttribute("role", "option");
    area.path.setAttribute("aria-selected", "false");
    area.path.setAttribute("aria-label", spoken(area));
  }
  for (const group of [drawing, ...drawing.querySelectorAll("g")]) group.setAttribute("role", "presentation");
  picture.setAttribute("role", "listbox");
  picture.setAttribute("tabindex", "0");
  picture.setAttribute("aria-labelledby", "map-name");
  picture.setAttribute("aria-describedby", "map-hint map-summary");
  picture.addEventListener("keydown", onKey);
  picture.addEventListener("focus", () => current < 0 && choose(0));
  picture.addEventListener("click", (event) => {
    const path = event.target.closest("[data-area]");
    if (path) choose(areas.findIndex((area) => area.path === path));
  });
  const form = find("search");
  const field = form.querySelector("input");
  field.addEventListener("input", () => search(field.value));
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); nextFound(event.shiftKey ? -1 : 1); report(field.value); }
    if (event.key === "Escape" && field.value) { field.value = ""; search(""); }
  });
  form.hidden = find("panel").hidden = false;
  figure.classList.add("is-live");
}

document.querySelectorAll("[data-redlining-map]").forEach(attach);
