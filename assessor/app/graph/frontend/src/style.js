// How nodes and edges look, in the colours of the page.

export function colours(element) {
  const computed = getComputedStyle(element);
  const of = (name, otherwise) => computed.getPropertyValue(name).trim() || otherwise;
  return {
    text: of("--st-text-color", "#1b2733"),
    paper: of("--st-background-color", "#ffffff"),
    soft: of("--st-secondary-background-color", "#eef3f7"),
    line: "#7d8b98", // seen on light and on dark paper
    brand: of("--st-primary-color", "#12466b"),
    font: of("--st-font", "sans-serif"),
    out: "#d55e00", // away from what is selected: solid
    into: "#0072b2", // towards it: dashed
  };
}

// Names of open services stay readable however far one zooms out: they grow, above their box.
export function named(cy, least) {
  const size = Math.max(18, least / cy.zoom());
  cy.batch(() => {
    for (const node of cy.nodes("[open = 1]")) {
      node.style({
        "font-size": size,
        "text-margin-y": size > 18 ? -4 : 22,
        "text-max-width": `${Math.max(220, 8 * size)}px`,
      });
    }
  });
}

export function style(colour, big) {
  return [
    {
      selector: "node",
      style: {
        label: "data(label)",
        width: "data(width)",
        height: "data(height)",
        shape: "round-rectangle",
        "font-family": colour.font,
        "font-size": 12,
        color: colour.text,
        "text-valign": "center",
        "text-halign": "center",
        "text-wrap": "ellipsis",
        "text-max-width": "120px",
        "background-color": colour.soft,
        "border-color": colour.line,
        "border-width": 1,
        "min-zoomed-font-size": big ? 7 : 4,
      },
    },
    {
      selector: "node[kind = 'service']",
      style: {
        "font-size": 18,
        "font-weight": "bold",
        "border-color": colour.brand,
        "border-width": 2,
        "text-max-width": "220px",
        "min-zoomed-font-size": 0,
      },
    },
    {
      selector: "node[open = 1]",
      style: {
        "background-opacity": 0.35,
        "text-valign": "top",
        "text-margin-y": 22,
        padding: "26px",
        "z-compound-depth": "bottom",
      },
    },
    { selector: "node[tone = 'moved']", style: { "border-color": colour.out, "border-width": 4 } },
    { selector: "node[tone = 'shared']", style: { "border-style": "dashed" } },
    {
      selector: "edge",
      style: {
        width: "data(width)",
        "curve-style": big ? "haystack" : "bezier",
        "line-color": colour.line,
        "line-opacity": 0.6,
        "target-arrow-color": colour.line,
        "target-arrow-shape": big ? "none" : "data(arrow)",
        "arrow-scale": 1,
        "font-size": 11,
        color: colour.text,
        "text-background-color": colour.paper,
        "text-background-opacity": 0.9,
        "text-background-padding": "2px",
      },
    },
    {
      selector: "edge.out",
      style: {
        label: "data(label)",
        "line-color": colour.out,
        "target-arrow-color": colour.out,
        "line-opacity": 1,
        "z-index": 9,
      },
    },
    {
      selector: "edge.in",
      style: {
        label: "data(label)",
        "line-color": colour.into,
        "target-arrow-color": colour.into,
        "line-style": "dashed",
        "line-opacity": 1,
        "z-index": 9,
      },
    },
    {
      selector: "edge.both",
      style: {
        label: "data(label)",
        "line-color": colour.brand,
        "line-style": "dotted",
        "line-opacity": 1,
        "z-index": 9,
      },
    },
    { selector: "edge.dim", style: { "line-opacity": 0.08, "target-arrow-shape": "none" } },
    { selector: "node.near", style: { "border-width": 3, "border-style": "double" } },
    {
      selector: "node.chosen",
      style: { "border-color": colour.brand, "border-width": 5, "background-opacity": 0.6 },
    },
    { selector: "node.focus", style: { "overlay-color": colour.brand, "overlay-opacity": 0.25 } },
    {
      selector: "node.target",
      style: { "border-color": colour.out, "border-width": 6, "border-style": "dashed" },
    },
  ];
}
