// npm run docs:conformance: writes docs/conformance.md. Refuses when a row that was proven has lost its tests,
// and when a comment names no row or stands above no test.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, root, StepError } from "../project.mjs";
import { DOCUMENT, findMistakes, lostRows, readSections, readTests, renderTable } from "./conformance-table.mjs";

try {
  const path = join(root, DOCUMENT);
  const before = existsSync(path) ? readFileSync(path, "utf8") : "";
  const [sections, tests] = [readSections(), readTests()];
  const mistakes = findMistakes(
    sections.flatMap(({ rows }) => rows.map(({ id }) => id)),
    tests,
  );
  if (mistakes.length > 0) throw new StepError(mistakes.join("\n"));
  const after = renderTable(sections, tests);
  const lost = lostRows(before, after);
  if (lost.length > 0) {
    throw new StepError(`No test names ${lost.join(", ")} any more. Bring the test back, or the comment above it.`);
  }
  writeFileSync(path, after);
  console.log(/^\d+ rows: .*$/m.exec(after)?.[0]);
} catch (error) {
  fail(error);
}
