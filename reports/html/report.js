/*
 * What the HTML report can do beyond standing there complete: light and dark, contents that follow
 * the reader, tables that sort, filter and page, graphs to explore, search. Without this script
 * every section, row and figure is on the page; here things are only hidden, ordered and marked.
 * Texts come from the report's own list of words; nothing is ever parsed as markup.
 */
"use strict";

(() => {
  const PAGE_ROWS = 25;
  const FILTER_ROWS = 10;
  const HEADER_SPACE = 120;
  const language = document.documentElement.lang;
  const words = JSON.parse(byId("ui:words").textContent);
  const collator = new Intl.Collator(language, { numeric: true });
  const exact = new Intl.NumberFormat(language, { maximumSignificantDigits: 6 });

  /** How to bring a table row back into sight: rows can be on another page or filtered out. */
  const revealRow = new WeakMap();

  function byId(id) {
    return document.getElementById(id);
  }

  function all(selector, within = document) {
    return [...within.querySelectorAll(selector)];
  }

  /** The word of that key with its {placeholders} filled in. */
  function say(key, values = {}) {
    return words[key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  }

  /** A new element; names that are properties (`onclick`, `value`) are set as such. */
  function make(tag, properties = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in made) made[name] = value;
      else made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  }

  function button(label, onclick) {
    return make("button", { type: "button", onclick }, label);
  }

  /** Like `disabled`, but the button keeps the focus when it has just done its last step. */
  function enable(control, enabled) {
    control.setAttribute("aria-disabled", String(!enabled));
  }

  function later(action, milliseconds) {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(action, milliseconds);
    };
  }

  /* ---- light and dark, print ------------------------------------------------------------- */

  function setUpTheme() {
    const control = byId("ui:theme-button");
    const system = matchMedia("(prefers-color-scheme: dark)");
    const root = document.documentElement;
    const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
    const show = () => control.setAttribute("aria-pressed", String(isDark()));
    control.onclick = () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      show();
    };
    system.addEventListener("change", show);
    show();
  }

  /** Paper shows what is folded on the screen; the style sheet does the same for hidden rows. */
  function setUpPrint() {
    let unfolded = [];
    byId("ui:print-button").onclick = () => print();
    addEventListener("beforeprint", () => {
      unfolded = all("details:not([open])");
      for (const details of unfolded) details.open = true;
    });
    addEventListener("afterprint", () => {
      for (const details of unfolded) details.open = false;
    });
  }

  /* ---- contents -------------------------------------------------------------------------- */

  function setUpContents() {
    const contents = byId("ui:contents");
    const links = all("a", contents);
    const places = links
      .map((link) => ({ link, part: byId(link.hash.slice(1)) }))
      .filter((place) => place.part);
    let current = null;
    const follow = () => {
      const passed = places.filter((p) => p.part.getBoundingClientRect().top < HEADER_SPACE);
      const next = passed.at(-1)?.link ?? null;
      if (next !== current) {
        current = next;
        markCurrent(contents, links, current);
      }
    };
    let waiting = false;
    const onScroll = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        follow();
      });
    };
    addEventListener("scroll", onScroll, { passive: true });
    addEventListener("resize", onScroll);
    setUpMenu(contents);
    follow();
  }

  function markCurrent(contents, links, current) {
    for (const link of links) {
      if (link === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
    for (const item of all("li", contents)) {
      item.classList.toggle("open", current !== null && item.contains(current));
    }
    keepInSight(contents, current);
  }

  /** Scrolls the contents only: `scrollIntoView` would move the page as well. */
  function keepInSight(contents, link) {
    if (!link) return;
    const outer = contents.getBoundingClientRect();
    const inner = link.getBoundingClientRect();
    if (inner.top < outer.top || inner.bottom > outer.bottom) {
      contents.scrollTop += inner.top - outer.top - outer.height / 2;
    }
  }

  function setUpMenu(contents) {
    const menu = byId("ui:menu-button");
    const unfold = (unfolded) => {
      contents.classList.toggle("unfolded", unfolded);
      menu.setAttribute("aria-expanded", String(unfolded));
    };
    menu.hidden = false;
    menu.onclick = () => unfold(!contents.classList.contains("unfolded"));
    contents.addEventListener("click", (event) => {
      if (event.target.closest("a")) unfold(false);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !contents.classList.contains("unfolded")) return;
      unfold(false);
      menu.focus();
    });
  }

  /* ---- tables ---------------------------------------------------------------------------- */

  /** What a cell's text counts as: its number, "2..4" as 2 and a little more, "–" as nothing. */
  function amount(text) {
    const found = /^\(?([+\-−]?\d[\d,]*(?:\.\d+)?)(?:\.\.(\d+))?(\+)?/.exec(text);
    if (!found) return null;
    const [, number, upTo, partly] = found;
    const least = Number(number.replaceAll(",", "").replace("−", "-"));
    return least + (upTo ? Math.min(Number(upTo), 999) / 1000 : 0) + (partly ? 0.5 : 0);
  }

  function isAmount(text) {
    return /^\(?[+\-−]?[\d,.]+\+?\)?\s*[%‰]?$/.test(text);
  }

  function isNothing(text) {
    return /^[\s–—\-?]*$/.test(text);
  }

  function setUpTable(box) {
    const table = box.querySelector("table");
    const rows = [...table.tBodies[0].rows].map((row) => {
      const texts = [...row.cells].map((cell) => cell.textContent.trim());
      return { row, texts, whole: texts.join("\n").toLocaleLowerCase(language) };
    });
    const state = { table, rows, report: rows, first: 0, every: false };
    Object.assign(state, { query: "", picked: new Map() });
    if (rows.length > 1) addSorting(state);
    const choices = addChoices(state, box);
    const pages = addPages(state, choices);
    if (choices.childElementCount) box.prepend(choices);
    if (pages) box.querySelector(".scroll").after(pages.box);
    state.draw = () => drawTable(state, pages);
    for (const { row } of rows) revealRow.set(row, () => reveal(state, row));
    state.draw();
  }

  function drawTable(state, pages) {
    const kept = state.rows.filter((entry) => matches(state, entry));
    const size = state.every || !pages ? kept.length : PAGE_ROWS;
    state.first = state.first < kept.length ? state.first : 0;
    const shown = kept.slice(state.first, state.first + size);
    const visible = new Set(shown);
    for (const entry of state.rows) entry.row.hidden = !visible.has(entry);
    if (pages) drawPages(state, pages, { kept: kept.length, shown: shown.length });
  }

  function matches(state, entry) {
    const { query, picked } = state;
    if (query && !entry.whole.includes(query)) return false;
    return [...picked].every(([column, text]) => entry.texts[column] === text);
  }

  function comparison(rows, column, descending) {
    const filled = rows.map((entry) => entry.texts[column]).filter((text) => !isNothing(text));
    const numeric = filled.every(isAmount) || filled.every((text) => amount(text) !== null);
    const compare = numeric
      ? (a, b) => amount(a) - amount(b) || collator.compare(a, b)
      : collator.compare;
    return ({ texts: { [column]: a } }, { texts: { [column]: b } }) => {
      if (isNothing(a) || isNothing(b)) return isNothing(a) - isNothing(b);
      return descending ? compare(b, a) : compare(a, b);
    };
  }

  function addSorting(state) {
    const heads = [...state.table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      if (head.tagName !== "TH") return;
      const control = button(head.textContent, () => sortBy(state, heads, column));
      control.className = "sort";
      control.title = say("sort", { column: head.textContent });
      head.replaceChildren(control);
    });
  }

  /** Up, then down, then as the report has it; the rows really move, so that it prints so too. */
  function sortBy(state, heads, column) {
    const { report } = state;
    const next = { null: "ascending", ascending: "descending", descending: null };
    const order = next[heads[column].getAttribute("aria-sort")];
    for (const head of heads) head.removeAttribute("aria-sort");
    if (order) heads[column].setAttribute("aria-sort", order);
    const compare = comparison(report, column, order === "descending");
    state.rows = order ? [...report].sort(compare) : report;
    state.table.tBodies[0].append(...state.rows.map((entry) => entry.row));
    state.first = 0;
    state.draw();
  }

  function addChoices(state, box) {
    const choices = make("div", { className: "choices" });
    if (state.rows.length > FILTER_ROWS) choices.append(filterField(state));
    for (const column of box.dataset.filters.split(" ").filter(Boolean).map(Number)) {
      const names = new Set(state.rows.map((entry) => entry.texts[column]));
      if (names.size > 1) choices.append(picker(state, column, [...names]));
    }
    return choices;
  }

  function filterField(state) {
    const label = say("filter");
    const field = make("input", { type: "search", placeholder: label, "aria-label": label });
    field.oninput = () => {
      state.query = field.value.trim().toLocaleLowerCase(language);
      state.first = 0;
      state.draw();
    };
    return field;
  }

  function picker(state, column, names) {
    const options = names.sort(collator.compare).map((name) => new Option(name || "–", name));
    const select = make("select", {}, new Option(say("all")), ...options);
    select.onchange = () => {
      if (select.selectedIndex) state.picked.set(column, select.value);
      else state.picked.delete(column);
      state.first = 0;
      state.draw();
    };
    const name = state.table.tHead.rows[0].cells[column].textContent;
    return make("label", {}, make("span", {}, name), select);
  }

  function addPages(state, choices) {
    const paged = state.rows.length > PAGE_ROWS;
    if (!paged && !choices.childElementCount) return null;
    const turn = (by) => (event) => {
      if (event.currentTarget.getAttribute("aria-disabled") === "true") return;
      state.first += by;
      state.draw();
    };
    const status = make("span", { role: "status" });
    const previous = button(say("previous"), turn(-PAGE_ROWS));
    const next = button(say("next"), turn(PAGE_ROWS));
    const every = button(say("every"), () => {
      state.every = !state.every;
      state.first = 0;
      state.draw();
    });
    const box = make("div", { className: "pages" }, status, previous, next, every);
    return { box, status, previous, next, every };
  }

  function drawPages(state, pages, { kept, shown }) {
    const { first, every } = state;
    const range = { first: first + 1, last: first + shown, total: kept };
    pages.status.textContent = kept ? say("rows", range) : say("no-match");
    const needed = kept > PAGE_ROWS;
    pages.previous.hidden = pages.next.hidden = every || !needed;
    pages.every.hidden = !needed;
    pages.every.textContent = say(every ? "paged" : "every");
    enable(pages.previous, first > 0);
    enable(pages.next, first + shown < kept);
  }

  /** Shows a row that search has found, whatever hides it. */
  function reveal(state, row) {
    if (!row.hidden) return;
    const index = () =>
      state.rows
        .filter((entry) => matches(state, entry))
        .findIndex((entry) => entry.row === row);
    if (index() < 0) clearChoices(state);
    state.first = Math.floor(index() / PAGE_ROWS) * PAGE_ROWS;
    state.draw();
  }

  function clearChoices(state) {
    state.query = "";
    state.picked.clear();
    const box = state.table.closest(".table");
    for (const field of all(".choices input", box)) field.value = "";
    for (const select of all(".choices select", box)) select.selectedIndex = 0;
  }

  /** Only what really scrolls is a stop for the keyboard. */
  function setUpScrolling() {
    const watch = new ResizeObserver((entries) => {
      for (const { target } of entries) {
        if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
        else target.removeAttribute("tabindex");
      }
    });
    for (const box of all(".scroll, .drawing")) watch.observe(box);
  }

  /* ---- graphs ---------------------------------------------------------------------------- */

  function setUpGraph(figure) {
    const told = JSON.parse(figure.querySelector("script").textContent);
    const chart = figure.querySelector("svg");
    const weights = [...new Set(told.edges.map((edge) => edge.weight))].sort((a, b) => a - b);
    const graph = {
      ...told,
      chart,
      nodeShapes: all(".node", chart),
      edgeShapes: all("[data-source]", chart),
      chosen: -1,
      pointed: -1,
      direction: "both",
      least: -Infinity,
    };
    chart.setAttribute("role", "group");
    addGraphControls(graph, figure, weights);
    graph.nodeShapes.forEach((shape, i) => setUpNode(graph, shape, i));
    figure.addEventListener("keydown", (event) => {
      if (event.key === "Escape") choose(graph, -1);
    });
    choose(graph, -1);
  }

  function addGraphControls(graph, figure, weights) {
    graph.status = make("span", { role: "status" });
    graph.edgesBox = make("div", { className: "edges" });
    const controls = make("div", { className: "choices" }, directions(graph));
    if (weights.length > 1) controls.append(leastWeight(graph, weights));
    const drawing = figure.querySelector(".drawing");
    drawing.before(controls);
    drawing.after(make("div", { className: "pages" }, graph.status), graph.edgesBox);
  }

  function directions(graph) {
    const group = `direction-${all(".graph").indexOf(graph.chart.closest("figure"))}`;
    const choice = (value) => {
      const radio = make("input", { type: "radio", name: group, value });
      radio.checked = value === graph.direction;
      radio.onchange = () => {
        graph.direction = value;
        drawGraph(graph);
        listEdges(graph);
      };
      return make("label", {}, radio, say(value));
    };
    const legend = make("legend", {}, say("direction"));
    return make("fieldset", {}, legend, ...["both", "outgoing", "incoming"].map(choice));
  }

  /** Steps through the weights that there are, so that each step changes something. */
  function leastWeight(graph, weights) {
    const output = make("output", {}, exact.format(weights[0]));
    const slider = make("input", { type: "range", min: "0", max: String(weights.length - 1) });
    slider.value = "0";
    slider.oninput = () => {
      graph.least = weights[Number(slider.value)];
      output.textContent = exact.format(graph.least);
      slider.setAttribute("aria-valuetext", output.textContent);
      drawGraph(graph);
      listEdges(graph);
    };
    slider.setAttribute("aria-valuetext", output.textContent);
    const name = `${say("least")} (${graph.weight_name})`;
    return make("label", {}, make("span", {}, name), slider, output);
  }

  function setUpNode(graph, shape, index) {
    const node = Number(shape.dataset.node);
    shape.setAttribute("role", "button");
    shape.setAttribute("tabindex", index ? "-1" : "0");
    const { label, size } = graph.nodes[node];
    shape.setAttribute("aria-label", `${label}, ${graph.size_name} ${exact.format(size)}`);
    const point = (pointed) => () => {
      graph.pointed = pointed;
      drawGraph(graph);
    };
    shape.addEventListener("pointerenter", point(node));
    shape.addEventListener("pointerleave", point(-1));
    shape.addEventListener("focus", point(node));
    shape.addEventListener("blur", point(-1));
    shape.addEventListener("click", () => choose(graph, graph.chosen === node ? -1 : node));
    shape.addEventListener("keydown", (event) => onNodeKey(graph, index, event));
  }

  /** One stop for the whole graph; arrows go from node to node, Enter or space chooses. */
  function onNodeKey(graph, index, event) {
    const last = graph.nodeShapes.length - 1;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const ends = { Home: 0, End: last }[event.key];
    if (step || ends !== undefined) {
      focusNode(graph, ends ?? (index + step + last + 1) % (last + 1));
    } else if (event.key === "Enter" || event.key === " ") {
      choose(graph, Number(graph.nodeShapes[index].dataset.node));
    } else {
      return;
    }
    event.preventDefault();
  }

  function focusNode(graph, index) {
    graph.nodeShapes.forEach((shape, i) => shape.setAttribute("tabindex", i === index ? "0" : "-1"));
    graph.nodeShapes[index].focus();
  }

  function choose(graph, node) {
    graph.chosen = node;
    if (node < 0) graph.pointed = -1;
    for (const shape of graph.nodeShapes) {
      const chosen = Number(shape.dataset.node) === node;
      shape.classList.toggle("chosen", chosen);
      shape.setAttribute("aria-pressed", String(chosen));
    }
    drawGraph(graph);
    listEdges(graph);
  }

  /** The edges of a node, or all; those too light or of the other direction left out. */
  function edgesAt(graph, node) {
    const { direction, least } = graph;
    return graph.edges.filter((edge) => {
      if (edge.weight < least) return false;
      const goes = edge.source === node && direction !== "incoming";
      const comes = edge.target === node && direction !== "outgoing";
      return node < 0 || goes || comes;
    });
  }

  function ends({ source, target }) {
    return `${source} ${target}`;
  }

  function drawGraph(graph) {
    const node = graph.pointed < 0 ? graph.chosen : graph.pointed;
    const edges = edgesAt(graph, node);
    const kept = new Set(edges.map(ends));
    const heavy = new Set(edgesAt(graph, -1).map(ends));
    const near = new Set([node, ...edges.flatMap((edge) => [edge.source, edge.target])]);
    for (const shape of graph.edgeShapes) {
      shape.classList.toggle("gone", !heavy.has(ends(shape.dataset)));
      shape.classList.toggle("dim", !kept.has(ends(shape.dataset)));
    }
    for (const shape of graph.nodeShapes) {
      shape.classList.toggle("dim", node >= 0 && !near.has(Number(shape.dataset.node)));
    }
    const counts = { shown: edges.length, total: graph.edges.length };
    graph.status.textContent = say("shown", counts);
  }

  function listEdges(graph) {
    if (graph.chosen < 0) {
      graph.edgesBox.replaceChildren(make("p", { className: "note" }, say("explore")));
      return;
    }
    const { label, link } = graph.nodes[graph.chosen];
    const head = make("div", { className: "edges-head" });
    head.append(make("strong", {}, say("edges", { node: label })));
    if (link) head.append(make("a", { href: `#${link}` }, say("section")));
    head.append(button(say("clear"), () => choose(graph, -1)));
    const rows = edgesAt(graph, graph.chosen).map((edge) => edgeRow(graph, edge));
    const names = [say("direction"), say("node"), graph.weight_name];
    const heads = names.map((name) => make("th", { scope: "col" }, name));
    heads[2].className = "number";
    const table = make(
      "table",
      {},
      make("thead", {}, make("tr", {}, ...heads)),
      make("tbody", {}, ...rows),
    );
    graph.edgesBox.replaceChildren(head, table);
  }

  function edgeRow(graph, edge) {
    const goes = edge.source === graph.chosen;
    const other = graph.nodes[goes ? edge.target : edge.source];
    const name = other.link ? make("a", { href: `#${other.link}` }, other.label) : other.label;
    return make(
      "tr",
      {},
      make("td", {}, say(goes ? "outgoing" : "incoming")),
      make("th", { scope: "row" }, name),
      make("td", { className: "number" }, exact.format(edge.weight)),
    );
  }

  /* ---- search ---------------------------------------------------------------------------- */

  const UNSEARCHED = "svg, script, .choices, .pages, .edges, .place";

  function setUpSearch() {
    const field = byId("ui:search");
    const search = { field, marks: [], at: -1, query: "" };
    const update = () => {
      if (field.value.trim() !== search.query) find(search);
    };
    const updateSoon = later(update, 200);
    field.addEventListener("input", updateSoon);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") field.value = "";
      if (event.key === "Enter") go(search, event.shiftKey ? -1 : 1, update);
      if (event.key === "Escape" || event.key === "Enter") event.preventDefault();
      if (event.key === "Escape") update();
    });
    byId("ui:search-form").addEventListener("submit", (event) => {
      event.preventDefault();
      go(search, 1, update);
    });
    byId("ui:search-previous").onclick = () => go(search, -1, update);
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input:not([type=radio], [type=range]), select");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      field.select();
    });
  }

  function find(search) {
    for (const mark of search.marks) unwrap(mark);
    for (const gap of all("main wbr")) unwrap(gap);
    search.query = search.field.value.trim();
    search.at = -1;
    search.marks = isSearchable(search.query) ? markAll(search.query) : [];
    addBreaks();
    const found = search.marks.length;
    byId("ui:search-previous").hidden = byId("ui:search-next").hidden = !found;
    tell(found || !isSearchable(search.query) ? "" : say("no-match"));
    if (found) tell(say("matches", { count: found }));
  }

  function tell(text) {
    byId("ui:found").textContent = text;
  }

  /** A single Latin letter is everywhere; a single Chinese character is a word. */
  function isSearchable(query) {
    return query.length > 1 || /[^\x00-\x7f]/.test(query);
  }

  function markAll(query) {
    const pattern = new RegExp(query.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "giu");
    return textsIn(byId("ui:content")).flatMap((text) => markText(text, pattern));
  }

  function textsIn(root) {
    const { FILTER_ACCEPT, FILTER_REJECT, FILTER_SKIP, SHOW_ELEMENT, SHOW_TEXT } = NodeFilter;
    const walker = document.createTreeWalker(root, SHOW_ELEMENT | SHOW_TEXT, (node) => {
      if (node.nodeType === Node.TEXT_NODE) return FILTER_ACCEPT;
      return node.matches(UNSEARCHED) ? FILTER_REJECT : FILTER_SKIP;
    });
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    return texts;
  }

  /** Lets long paths and names break where people would; search needs them in one piece. */
  function addBreaks() {
    for (const text of all("main .long").flatMap(textsIn)) {
      const pieces = text.data.split(/(?<=[/._-])(?=\w{5})/);
      text.before(...pieces.slice(0, -1).flatMap((piece) => [piece, make("wbr")]));
      text.data = pieces.at(-1);
    }
  }

  /** Marks from the last match to the first, so that earlier positions stay right. */
  function markText(text, pattern) {
    const marks = [...text.data.matchAll(pattern)].reverse().map((match) => {
      const found = text.splitText(match.index);
      found.splitText(match[0].length);
      const mark = make("mark");
      found.replaceWith(mark);
      mark.append(found);
      return mark;
    });
    return marks.reverse();
  }

  /** Takes an element out, but not what is in it; its neighbours become one text again. */
  function unwrap(element) {
    const parent = element.parentNode;
    element.replaceWith(...element.childNodes);
    parent?.normalize();
  }

  function go(search, step, update) {
    update();
    const { marks } = search;
    if (!marks.length) return;
    marks[search.at]?.classList.remove("current");
    const from = search.at < 0 && step < 0 ? 0 : search.at;
    search.at = (from + step + marks.length) % marks.length;
    const mark = marks[search.at];
    mark.classList.add("current");
    unfold(mark);
    mark.scrollIntoView({ block: "center" });
    tell(say("match", { index: search.at + 1, count: marks.length }));
  }

  function unfold(mark) {
    for (let box = mark.parentElement; box; box = box.parentElement) {
      if (box.tagName === "DETAILS") box.open = true;
      revealRow.get(box)?.();
    }
  }

  /* ---- start ----------------------------------------------------------------------------- */

  document.documentElement.classList.add("scripted");
  byId("ui:tools").hidden = false;
  setUpTheme();
  setUpPrint();
  all("main .table").forEach(setUpTable);
  all("figure.graph").forEach(setUpGraph);
  addBreaks();
  setUpScrolling();
  setUpSearch();
  setUpContents(); // asks where things are, so only now that most rows are hidden
})();
