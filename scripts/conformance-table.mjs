// Which row of docs/conformance-rows.json is proven by which test, as a document. A test proves the rows its title names.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./project.mjs";

const ROWS = "docs/conformance-rows.json";
export const DOCUMENT = "docs/conformance.md";

const LEVELS = [
  { name: "over HTTP", matches: /^e2e\/.*\.spec\.ts$/ },
  { name: "integration", matches: /\.integration\.test\.tsx?$/ },
  { name: "unit", matches: /\.test\.tsx?$/ },
];

/** The list of rows, section by section. */
export function readSections() {
  return JSON.parse(readFileSync(join(root, ROWS), "utf8")).sections;
}

/** Every test file with its text, in a fixed order. */
export function readTests() {
  return ["app", "components", "e2e", "lib", "scripts"]
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name)))
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => levelOf(path) !== undefined)
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** Finds the tests of each row: level name → file paths. `tests` are pairs of path and text. */
export function findProofs(rowIds, tests) {
  const proofs = new Map(rowIds.map((id) => [id, {}]));
  for (const { path, text } of tests) {
    for (const id of namedRows(text)) {
      const levels = proofs.get(id);
      if (levels === undefined) continue;
      const level = levelOf(path);
      levels[level] ??= [];
      levels[level].push(path);
    }
  }
  return proofs;
}

/** What is shown for a row: out of scope, proven, or planned. */
export function stateOf(section, proof) {
  if (section.outOfScope) return "out of scope";
  return Object.keys(proof).length > 0 ? "proven" : "planned";
}

/** The whole document. */
export function renderTable(sections, tests) {
  const proofs = findProofs(
    sections.flatMap((section) => section.rows.map(({ id }) => id)),
    tests,
  );
  const states = sections.flatMap((section) => section.rows.map(({ id }) => stateOf(section, proofs.get(id))));
  const count = (state) => states.filter((other) => other === state).length;
  return [
    "# Protocol conformance",
    "",
    "<!-- Written by `npm run docs:conformance` from docs/conformance-rows.json and the titles of the tests. -->",
    "",
    "Each row is one thing that a standard asks for, or that this project has chosen where a standard leaves the choice. A row",
    "is *proven* when the title of a test names it, *planned* when it is wanted and no test names it yet.",
    "",
    `${states.length} rows: ${count("proven")} proven, ${count("planned")} planned, ${count("out of scope")} out of scope.`,
    ...sections.flatMap((section) => renderSection(section, proofs)),
    "",
  ].join("\n");
}

function renderSection(section, proofs) {
  return [
    "",
    `## ${section.id} ${section.title}`,
    "",
    ...(section.outOfScope ? [`${section.outOfScope} Tests hold what that means.`, ""] : []),
    "| row | source | expectation | state | tests |",
    "|---|---|---|---|---|",
    ...section.rows.map(({ id, source, expectation }) => {
      const proof = proofs.get(id);
      return `| ${id} | ${source} | ${expectation} | ${stateOf(section, proof)} | ${renderProof(proof)} |`;
    }),
  ];
}

function renderProof(proof) {
  return LEVELS.filter(({ name }) => name in proof)
    .map(({ name }) => `${name}: ${proof[name].map((path) => `\`${path}\``).join(", ")}`)
    .join("; ");
}

/** Rows that `before`, an earlier document, calls proven and `after` does not: what was shown to hold must stay shown. */
export function lostRows(before, after) {
  const stillProven = new Set(provenRows(after));
  return provenRows(before).filter((id) => !stillProven.has(id));
}

function provenRows(document) {
  return Array.from(document.matchAll(/^\| (\w+) \|.*\| proven \|/gm), ([, id]) => id);
}

/** Row ids in the string literals of a test file, each once. Titles are strings on one line; comments do not count. */
function namedRows(text) {
  const ids = new Set();
  for (const line of text.split("\n")) {
    if (/^\s*(?:\/\/|\/?\*)/.test(line)) continue;
    for (const [literal] of line.matchAll(/(["'`])(?:\\.|(?!\1).)*\1/g)) {
      for (const [id] of literal.matchAll(/\b[A-Z][0-9]{2}\b/g)) ids.add(id);
    }
  }
  return ids;
}

function levelOf(path) {
  return LEVELS.find(({ matches }) => matches.test(path))?.name;
}
