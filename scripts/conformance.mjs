// npm run docs:conformance: writes docs/conformance.md. Refuses when a row that was proven has lost its tests.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DOCUMENT, lostRows, readSections, readTests, renderTable } from "./conformance-table.mjs";
import { fail, root, StepError } from "./project.mjs";

try {
  const path = join(root, DOCUMENT);
  const before = existsSync(path) ? readFileSync(path, "utf8") : "";
  const after = renderTable(readSections(), readTests());
  const lost = lostRows(before, after);
  if (lost.length > 0) {
    throw new StepError(`No test names ${lost.join(", ")} any more. Bring the test back, or its title.`);
  }
  writeFileSync(path, after);
  console.log(/^\d+ rows: .*$/m.exec(after)?.[0]);
} catch (error) {
  fail(error);
}
