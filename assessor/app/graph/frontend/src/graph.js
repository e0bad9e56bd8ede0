// Draws services and units, and tells Python what was selected, opened and moved.
// Where nodes stand is decided in Python; nothing is fetched, and data never becomes markup.
import cytoscape from "cytoscape";
import { colours, named, style } from "./style.js";
import { nearest } from "./walking.js";

const instances = new WeakMap();
const BIG = 300; // nodes beyond which moving the map draws a picture of it
const ZOOM = 1.25;
const NAME = 11; // pixels that the name of an open service has at the least
const PATIENCE = 5000; // milliseconds that Python has for answering a move

export default function graph(component) {
  const { parentElement } = component;
  const known = instances.get(parentElement);
  const instance = known ?? mounted(parentElement);
  instance.component = component;
  shown(instance, component.data);
  return () => {
    window.removeEventListener("scroll", instance.scrolled, true);
    clearTimeout(instance.waiting);
    instance.watcher?.disconnect();
    instance.cy?.destroy();
    instances.delete(parentElement);
  };
}

function mounted(root) {
  const find = (name) => root.querySelector(`[data-part="${name}"]`);
  const instance = {
    root,
    map: find("map"),
    told: find("told"),
    live: find("live"),
    cy: null,
    key: "",
    places: new Map(),
    grabbed: null,
    focus: "",
    pointing: false, // the pointer was put down on the map
    touched: false, // the visitor has moved or zoomed the map
  };
  instances.set(root, instance);
  find("in").addEventListener("click", () => zoomed(instance, ZOOM));
  find("out").addEventListener("click", () => zoomed(instance, 1 / ZOOM));
  find("fit").addEventListener("click", () => instance.cy?.fit(undefined, 20));
  instance.map.addEventListener("keydown", (event) => pressed(instance, event));
  instance.map.places = () => places(instance);
  // Inside a shadow root cytoscape does not notice that the page scrolls, and would take the
  // pointer to be elsewhere.
  instance.scrolled = () => instance.cy?.resize();
  window.addEventListener("scroll", instance.scrolled, true);
  instance.map.addEventListener("pointerenter", instance.scrolled);
  return instance;
}

function shown(instance, data) {
  const { map, root } = instance;
  root.querySelector("[data-part=in]").setAttribute("aria-label", data.words.zoom_in);
  root.querySelector("[data-part=out]").setAttribute("aria-label", data.words.zoom_out);
  root.querySelector("[data-part=fit]").setAttribute("aria-label", data.words.fit);
  for (const part of ["in", "out", "fit"]) {
    const button = root.querySelector(`[data-part=${part}]`);
    button.title = button.getAttribute("aria-label");
  }
  map.setAttribute("aria-label", data.words.label);
  map.style.height = `${data.height}px`;
  const key = JSON.stringify([data.nodes, data.edges]);
  if (!instance.cy) {
    created(instance, data);
  } else if (key !== instance.key) {
    replaced(instance, data);
  }
  instance.key = key;
  instance.data = data;
  instance.cy.style(style(colours(map), data.nodes.length > BIG));
  named(instance.cy, NAME);
  marked(instance, data.selected);
  tell(instance, null);
  map.dataset.drawn = String(data.nodes.length);
}

function created(instance, data) {
  instance.cy = cytoscape({
    container: instance.map,
    elements: elements(instance, data),
    layout: { name: "preset", fit: true, padding: 20 },
    minZoom: 0.05,
    maxZoom: 4,
    boxSelectionEnabled: false,
    textureOnViewport: data.nodes.length > BIG,
    hideEdgesOnViewport: data.nodes.length > BIG,
    pixelRatio: data.nodes.length > BIG ? 1 : "auto",
  });
  const { cy } = instance;
  cy.on("tap", (event) => chosen(instance, event.target === cy ? "" : event.target));
  cy.on("dbltap", "node[kind = 'service']", (event) => opened(instance, event.target));
  cy.on("mouseover", "node, edge", (event) => tell(instance, event.target));
  cy.on("mouseout", "node, edge", () => tell(instance, null));
  cy.on("grab", "node", (event) => grabbed(instance, event.target));
  cy.on("drag", "node", (event) => dragged(instance, event.target));
  instance.watcher = new ResizeObserver(() => resized(instance));
  instance.watcher.observe(instance.map);
  cy.on("zoom", () => named(cy, NAME));
  cy.on("viewport", () => {
    instance.touched ||= instance.pointing;
  });
  instance.map.addEventListener("pointerdown", () => (instance.pointing = true));
  instance.map.addEventListener("wheel", () => (instance.touched = true), { passive: true });
  cy.on("dragfree", "node", (event) => dropped(instance, event.target));
}

// The page grows its columns after the first drawing: fit again until the visitor takes over.
function resized(instance) {
  if (!instance.cy) return;
  instance.cy.resize();
  if (!instance.touched) instance.cy.fit(undefined, 20);
}

function replaced(instance, data) {
  const { cy } = instance;
  const view = { zoom: cy.zoom(), pan: cy.pan() };
  const had = new Set(cy.nodes().map((node) => node.id()));
  cy.batch(() => {
    cy.elements().remove();
    cy.add(elements(instance, data));
  });
  const same = data.nodes.some((node) => had.has(node.id));
  if (same && instance.touched) {
    cy.viewport(view);
  } else {
    cy.fit(undefined, 20);
  }
}

function elements(instance, data) {
  const parents = new Set(data.nodes.map((node) => node.parent).filter(Boolean));
  const nodes = data.nodes.map((node) => {
    const open = parents.has(node.id);
    const place = instance.places.get(`${node.parent}/${node.id}`) ?? { x: node.x, y: node.y };
    return {
      group: "nodes",
      data: { ...node, parent: node.parent || undefined, open: open ? 1 : 0 },
      position: open ? undefined : { ...place },
      grabbable: !node.locked,
    };
  });
  const most = Math.max(1, ...data.edges.map((edge) => edge.weight));
  const edges = data.edges.map((edge, at) => ({
    group: "edges",
    data: { ...edge, id: `edge-${at}`, width: 1 + 7 * Math.sqrt(edge.weight / most) },
  }));
  return [...nodes, ...edges];
}

function marked(instance, selected) {
  const { cy } = instance;
  cy.batch(() => {
    cy.elements().removeClass("chosen in out both dim near");
    const node = cy.getElementById(selected);
    if (selected && node.nonempty()) {
      const family = node.union(node.descendants());
      cy.edges().addClass("dim");
      const others = cy.nodes().difference(family);
      const out = family.edgesTo(others);
      const into = others.edgesTo(family);
      out.removeClass("dim").addClass("out");
      into.removeClass("dim").addClass("in");
      out.union(into).filter("[arrow = 'none']").removeClass("in out").addClass("both");
      node.addClass("chosen");
      out.targets().union(into.sources()).addClass("near");
    }
  });
}

function chosen(instance, element) {
  const id = element && element.isNode() ? element.id() : "";
  marked(instance, id);
  instance.focus = id;
  if (element) {
    tell(instance, element);
    announce(instance, element);
  }
  if (id !== instance.data.selected) {
    instance.component.setTriggerValue("picked", { node: id });
  }
}

function opened(instance, node) {
  instance.component.setTriggerValue("toggled", node.id());
}

function tell(instance, element) {
  const focus = instance.focus ? instance.cy.getElementById(instance.focus) : null;
  const about = element ?? (focus && focus.nonempty() ? focus : null);
  instance.told.textContent = about ? said(about) : instance.data?.words.hint ?? "";
}

function announce(instance, element) {
  instance.live.textContent = said(element);
}

function said(element) {
  return [element.data("label"), element.data("detail")].filter(Boolean).join(" · ");
}

// Dragging: the boxes are remembered from before, as a box grows with what is dragged out of it.

function grabbed(instance, node) {
  const boxes = instance.cy
    .nodes("[kind = 'service']")
    .map((each) => ({ id: each.id(), box: each.boundingBox({ includeLabels: false }) }));
  instance.grabbed = { boxes, from: { ...node.position() }, target: "" };
}

function below(instance, node) {
  const { x, y } = node.position();
  const found = instance.grabbed.boxes.find(
    ({ box }) => x >= box.x1 && x <= box.x2 && y >= box.y1 && y <= box.y2,
  );
  return found ? found.id : "";
}

function movable(instance, node) {
  return instance.data.movable && node.data("kind") === "unit" && instance.grabbed;
}

function dragged(instance, node) {
  if (!movable(instance, node)) return;
  const target = below(instance, node);
  if (target === instance.grabbed.target) return;
  instance.grabbed.target = target;
  instance.cy.nodes().removeClass("target");
  if (target && target !== node.data("parent")) {
    instance.cy.getElementById(target).addClass("target");
  }
}

function dropped(instance, node) {
  instance.cy.nodes().removeClass("target");
  instance.touched = true; // what was put somewhere is not to jump when the data changes
  if (movable(instance, node)) {
    const target = below(instance, node);
    if (target && target !== (node.data("parent") ?? "")) {
      instance.component.setTriggerValue("moved", { unit: node.id(), service: target });
      awaited(instance, node, instance.grabbed.from);
      instance.grabbed = null;
      return; // Python says where it stands now
    }
    if (target === "" && node.data("parent")) {
      node.position(instance.grabbed.from); // dropped beside all boxes: nothing was said
    }
  }
  for (const each of node.union(node.descendants())) {
    instance.places.set(`${each.data("parent") ?? ""}/${each.id()}`, { ...each.position() });
  }
  instance.grabbed = null;
}

// A move that Python does not follow is taken back: its answer would be other data.
function awaited(instance, node, from) {
  clearTimeout(instance.waiting);
  instance.waiting = setTimeout(() => {
    if (node.inside() && !node.grabbed()) node.position(from);
  }, PATIENCE);
}

// The keyboard.

function pressed(instance, event) {
  const { cy } = instance;
  const steps = {
    ArrowRight: [1, 0],
    ArrowLeft: [-1, 0],
    ArrowDown: [0, 1],
    ArrowUp: [0, -1],
  };
  const focus = instance.focus ? cy.getElementById(instance.focus) : cy.collection();
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key in steps) {
    const next = nearest(cy, focus, steps[key]);
    if (next) {
      cy.nodes().removeClass("focus");
      next.addClass("focus");
      instance.focus = next.id();
      seen(instance, next);
      tell(instance, next);
      announce(instance, next);
    }
  } else if (key === "Enter" && focus.nonempty()) {
    chosen(instance, focus);
  } else if (key === "e" && focus.nonempty() && focus.data("kind") === "service") {
    opened(instance, focus);
  } else if (key === "Escape") {
    chosen(instance, "");
  } else if (key === "m") {
    instance.live.textContent = instance.data.words.move;
    instance.told.textContent = instance.data.words.move;
  } else if (key === "+") {
    zoomed(instance, ZOOM);
  } else if (key === "-") {
    zoomed(instance, 1 / ZOOM);
  } else if (key === "0") {
    cy.fit(undefined, 20);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

// Brings a node that is out of sight to the middle.
function seen(instance, node) {
  const { cy } = instance;
  const { x, y } = node.renderedPosition();
  if (x > 0 && y > 0 && x < cy.width() && y < cy.height()) return;
  instance.touched = true;
  cy.center(node);
}

function zoomed(instance, by) {
  const { cy } = instance;
  if (!cy) return;
  instance.touched = true;
  const middle = { x: cy.width() / 2, y: cy.height() / 2 };
  cy.zoom({ level: cy.zoom() * by, renderedPosition: middle });
}

// Where each node is on the page, for tests that drag with a real pointer.
function places(instance) {
  const frame = instance.map.getBoundingClientRect();
  const found = {};
  for (const node of instance.cy?.nodes() ?? []) {
    const { x, y } = node.renderedPosition();
    found[node.id()] = { x: frame.x + x, y: frame.y + y, parent: node.data("parent") ?? "" };
  }
  return found;
}
