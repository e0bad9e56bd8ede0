// From one node to the next by the arrow keys.

const SIDE = 2.5; // how much a step to the side counts against one straight on

export function nearest(cy, from, [right, down]) {
  const nodes = cy.nodes().filter((node) => from.empty() || node.id() !== from.id());
  if (nodes.empty()) return null;
  if (from.empty()) return nodes.min((node) => node.position("x") + node.position("y")).ele;
  const start = from.position();
  let best = null;
  let least = Infinity;
  for (const node of nodes) {
    const dx = node.position("x") - start.x;
    const dy = node.position("y") - start.y;
    const straight = dx * right + dy * down;
    if (straight <= 0.5) continue;
    const far = straight + SIDE * Math.abs(dx * down - dy * right);
    if (far < least) {
      least = far;
      best = node;
    }
  }
  return best;
}
