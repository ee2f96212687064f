// Reads Mermaid diagrams with Mermaid's own parser, and tells what it found in them.
//
// Standard input:  ["flowchart TD …", …]
// Standard output: [{"error": "why it is none" | null, "config": {…}, "type": "flowchart-v2", "direction": "TD",
//                    "nodes": [{"id", "label", "shape", "look", "part", "link"}, …],
//                    "arrows": [{"source", "target", "label", "stroke"}, …], "styles": {"class": ["style", …]}}, …]
//
// Of a state diagram only whether it is one is told. Labels have their entities in them as characters, as a browser
// shows them. The parser asks for a browser only to clean HTML, so a page that can do nothing is enough: what is told
// is what the text says, before anything is cleaned.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { runInThisContext } from "node:vm";

const nothing = class {};
Object.assign(globalThis, {
  window: globalThis,
  document: { nodeType: 9, implementation: {}, createElement: () => ({}) },
  Element: nothing,
  Node: nothing,
  NodeFilter: nothing,
  NamedNodeMap: nothing,
  HTMLFormElement: nothing,
  HTMLTemplateElement: nothing,
  DOMParser: nothing,
  addEventListener: () => {},
});

const path = createRequire(import.meta.url).resolve("@mermaid-js/tiny/dist/mermaid.tiny.js");
runInThisContext(readFileSync(path, "utf8"), path);
const { mermaid } = globalThis;

// Mermaid hides entities like this from its own grammar.
const shown = (label) => (label ?? "").replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));

const node = (one) => ({
  id: one.id,
  label: shown(one.label),
  shape: one.isGroup ? "part" : one.shape,
  look: one.cssClasses.replace("default", "").trim(),
  part: one.parentId ?? null,
  link: one.link ?? null,
});

const arrow = (one) => ({ source: one.start, target: one.end, label: shown(one.label), stroke: one.pattern });

async function read(text) {
  try {
    const { diagramType: type, config } = await mermaid.parse(text);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    if (!type.startsWith("flowchart")) return { error: null, type, config };
    const { nodes, edges } = db.getData();
    const styles = Object.fromEntries([...db.getClasses()].map(([name, { styles: found }]) => [name, found]));
    return { error: null, type, config, direction: db.getDirection(), nodes: nodes.map(node), arrows: edges.map(arrow), styles };
  } catch (error) {
    return { error: String(error.message ?? error) };
  }
}

const found = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) found.push(await read(text));
process.stdout.write(JSON.stringify(found));
