// Which row of docs/conformance-rows.json is proven by which test, as a document. A test proves the rows that the comment
// directly above it names, or the one above its describe or above a row of its table: `// Conformance: N18, N42`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../project.mjs";

const ROWS = "docs/conformance-rows.json";
export const DOCUMENT = "docs/conformance.md";

const LEVELS = [
  { name: "over HTTP", matches: /^e2e\/.*\.spec\.ts$/ },
  { name: "integration", matches: /\.integration\.test\.tsx?$/ },
  { name: "unit", matches: /\.test\.tsx?$/ },
];

/** Whatever looks as if it was meant to name rows, so that a wrong form is told and does not just count for nothing. */
const MEANT = /(?:\/\/|\*)\s*conformance:/i;
const COMMENT = /^\s*\/\/ Conformance: ([A-Z]\d\d(?:, [A-Z]\d\d)*)$/;
/** A line that begins a test, a group of tests, or a row of a table: what a comment names rows for. */
const PROOF = /^\s*(?:(?:describe|fuzz|it|test)\b|[[{"'`]|\w+:)/;

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
    for (const id of new Set(readComments(text).flatMap(({ ids, mistake }) => (mistake === undefined ? ids : [])))) {
      const levels = proofs.get(id);
      if (levels === undefined) continue;
      const level = levelOf(path);
      levels[level] ??= [];
      levels[level].push(path);
    }
  }
  return proofs;
}

/** Says where a comment is one that proves nothing, and why. */
export function findMistakes(rowIds, tests) {
  const known = new Set(rowIds);
  return tests.flatMap(({ path, text }) =>
    readComments(text).flatMap(({ line, ids, mistake }) => {
      const unknown = ids.filter((id) => !known.has(id)).map((id) => `${id} is no row of ${ROWS}`);
      return [mistake ?? [], unknown].flat().map((what) => `${path}:${line}: ${what}`);
    }),
  );
}

/** What is shown for a row: out of scope, proven, or planned. */
function stateOf(section, proof) {
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
    "<!-- Written by `npm run docs:conformance` from docs/conformance-rows.json and the comments above tests. -->",
    "",
    "Each row is one thing that a standard asks for, or that this project has chosen where a standard leaves the choice. A row",
    "is *proven* when the comment above a test names it (`// Conformance: N18, N42`), *planned* when it is wanted and none does yet.",
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

/** The comments of a test file that name rows, with what is wrong with them. */
function readComments(text) {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    if (!MEANT.test(line)) return [];
    const ids = COMMENT.exec(line)?.[1].split(", ") ?? [];
    return [{ line: index + 1, ids, mistake: mistakeOf(ids, lines[index + 1] ?? "") }];
  });
}

function mistakeOf(ids, nextLine) {
  if (ids.length === 0) return "write a line of its own: // Conformance: N18, N42";
  if (ids.some((id, index) => index > 0 && id <= ids[index - 1])) return "name each row once, in order";
  if (!PROOF.test(nextLine)) return "stands above no test, describe or row of a table";
}

function levelOf(path) {
  return LEVELS.find(({ matches }) => matches.test(path))?.name;
}
