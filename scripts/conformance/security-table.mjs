// docs/security-rows.json as the end of docs/security.md: each requirement of OWASP ASVS 5.0 that applies, with the code
// that meets it and the test that holds it, or with what is missing.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../project.mjs";

const ROWS = "docs/security-rows.json";
export const SECURITY_DOCUMENT = "docs/security.md";
const MARK = "<!-- Written by `npm run docs:security` from docs/security-rows.json. -->";

/** Rows that carry a title of a table of rules have their test in these words. */
const RULE_TEST = "lib/architecture.test.ts";
const RULES = /^lib\/testing\/architecture\/[\w-]+-rules\.ts$/;

/** The chapters of the standard with their rows. */
export function readChapters() {
  return JSON.parse(readFileSync(join(root, ROWS), "utf8")).chapters;
}

/** What is known of a row: held by code and test, left to the operator, written down, or missing. */
export function stateOf(row) {
  const { code = [], tests = [], documents = [], operator, gap } = row;
  if (code.length > 0 && tests.length > 0) return gap === undefined ? "held" : "held, but";
  if (gap !== undefined) return "gap";
  if (documents.length > 0) return operator === undefined ? "written down" : "operator";
  return "nothing";
}

/** The document `before` with the table of this moment behind the mark. */
export function renderSecurity(before, chapters) {
  const [written] = before.split(MARK);
  return `${written}${MARK}\n\n${renderChapters(chapters)}`;
}

function renderChapters(chapters) {
  const rows = chapters.flatMap((chapter) => chapter.rows);
  const count = (...states) => rows.filter((row) => states.includes(stateOf(row))).length;
  const excluded = chapters.flatMap(({ notApplicable }) => notApplicable.flatMap(({ ids }) => ids)).length;
  return [
    `${rows.length} rows: ${count("held")} held by code and test, ${count("held, but")} held but for what the row says, ` +
      `${count("written down")} written down, ${count("operator")} left to the operator, ${count("gap")} missing. ` +
      `${excluded} more do not apply.`,
    ...chapters.flatMap(renderChapter),
    "",
  ].join("\n");
}

function renderChapter({ id, title, rows, notApplicable }) {
  return [
    "",
    `### ${id} ${title}`,
    "",
    ...(rows.length === 0
      ? []
      : [
          "| row | level | state | here | code | tests |",
          "|---|---|---|---|---|---|",
          ...rows.map(
            (row) =>
              `| ${row.id} | ${row.level} | ${stateOf(row)} | ${renderText(row)} | ${renderFiles(row)} | ${renderTests(row)} |`,
          ),
          ...(notApplicable.length === 0 ? [] : [""]),
        ]),
    ...notApplicable.map(({ ids, because }) => `- ${ids.join(", ")}: ${because}`),
  ];
}

function renderText({ here = "", operator, gap }) {
  return [here, operator && `*Operator:* ${operator}`, gap && `*Gap:* ${gap}`].filter(Boolean).join(" ");
}

function renderFiles({ code = [], documents = [] }) {
  const links = documents.filter((path) => path !== SECURITY_DOCUMENT).map((path) => `[${path}](${toLink(path)})`);
  return [...code.map((path) => `\`${path}\``), ...links].join(", ");
}

function toLink(path) {
  return path.startsWith("docs/") ? path.slice("docs/".length) : `../${path}`;
}

function renderTests({ tests = [] }) {
  return tests.map(({ file, title }) => `\`${file}\`: ${title.replaceAll("|", "\\|")}`).join("; ");
}

/** Says what is wrong with the rows: files and tests that are not there, ids that are none or missing, rows without proof. */
export function findSecurityMistakes(chapters) {
  return chapters.flatMap((chapter) => [
    ...findIdMistakes(chapter),
    ...chapter.rows.flatMap((row) => findRowMistakes(row).map((mistake) => `${row.id}: ${mistake}`)),
  ]);
}

function findIdMistakes({ id, sections, level3, rows, notApplicable }) {
  const all = Object.entries(sections).flatMap(([section, count]) =>
    Array.from({ length: count }, (_, index) => `${section}.${index + 1}`),
  );
  const named = [...rows.map((row) => row.id), ...notApplicable.flatMap(({ ids }) => ids)];
  const optional = new Set(level3);
  return [
    ...named.filter((one, index) => named.indexOf(one) !== index).map((one) => `${one} is there twice`),
    ...named.filter((one) => !all.includes(one)).map((one) => `${one} is no requirement of ${id}`),
    ...all.filter((one) => !named.includes(one) && !optional.has(one)).map((one) => `${one} is not judged`),
    ...rows.filter((row) => (row.level === 3) !== optional.has(row.id)).map((row) => `${row.id} has another level`),
    ...notApplicable.filter(({ because }) => !because).map(({ ids }) => `${ids} without a reason`),
  ];
}

function findRowMistakes(row) {
  const { code = [], documents = [], tests = [] } = row;
  return [
    ...(stateOf(row) === "nothing" ? ["has neither code and test, nor a document, nor a gap with a reason"] : []),
    ...[row.here, row.operator, row.gap].filter((text) => /[|\n]/.test(text ?? "")).map((text) => `cannot say ${text}`),
    ...[...code, ...documents].filter((path) => !existsSync(join(root, path))).map((path) => `there is no ${path}`),
    ...tests.filter((test) => !isThere(test, code)).map(({ file, title }) => `${file} has no test "${title}"`),
  ];
}

/** A rule of the architecture is a test of its own, whose title is its name among the rules. */
function isThere({ file, title }, code) {
  const places = file === RULE_TEST ? [file, ...code.filter((path) => RULES.test(path))] : [file];
  return places.some((path) => existsSync(join(root, path)) && readFileSync(join(root, path), "utf8").includes(title));
}
