// Puts the licences of what is bundled beside the bundle.
import { readFileSync, writeFileSync } from "node:fs";

const names = ["cytoscape"];
const parts = names.map((name) => {
  const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`));
  const text = readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
});
writeFileSync("build/graph.licences.txt", parts.join("\n\n"));
