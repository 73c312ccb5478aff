// npm run package -- FOLDER: makes FOLDER with the built server and the packages that it loads, and nothing else.
// docs/deploy.md says how it is run.
import "./setup/check-node.mjs";
import { resolve } from "node:path";
import { assemble } from "./image/assemble.mjs";
import { fail, StepError, step } from "./project.mjs";
import { ensureBuild } from "./setup/ensure-build.mjs";
import { ensurePackages } from "./setup/ensure-packages.mjs";

const [folder, ...more] = process.argv.slice(2);

try {
  if (folder === undefined || more.length > 0) throw new StepError("Name one folder: npm run package -- FOLDER");
  await ensurePackages();
  await ensureBuild();
  await step(`Assembling ${folder}`, () => assemble(resolve(folder)));
} catch (error) {
  fail(error);
}
