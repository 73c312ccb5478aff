// npm run docs:security: writes the table of requirements at the end of docs/security.md from docs/security-rows.json.
// Fails when a row names code or a test that is not there.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, root, StepError } from "../project.mjs";
import { findSecurityMistakes, readChapters, renderSecurity, SECURITY_DOCUMENT } from "./security-table.mjs";

try {
  const path = join(root, SECURITY_DOCUMENT);
  const chapters = readChapters();
  const mistakes = findSecurityMistakes(chapters);
  if (mistakes.length > 0) throw new StepError(mistakes.join("\n"));
  const after = renderSecurity(readFileSync(path, "utf8"), chapters);
  writeFileSync(path, after);
  console.log(/^\d+ rows: .*$/m.exec(after)?.[0]);
} catch (error) {
  fail(error);
}
