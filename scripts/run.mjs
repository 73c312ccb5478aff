// node scripts/run.mjs NAME [ARGUMENTS]: runs scripts/NAME.ts, bundled like the server, on plain Node.
import "./setup/check-node.mjs";
import { fail, runNode, StepError } from "./project.mjs";
import { bundle } from "./setup/bundle.mjs";
import { ensureClient } from "./setup/ensure-build.mjs";
import { ensurePackages } from "./setup/ensure-packages.mjs";

const [name = "", ...args] = process.argv.slice(2);

try {
  if (!/^[a-z-]+$/.test(name)) throw new StepError("Name a script: node scripts/run.mjs NAME");
  await ensurePackages();
  await ensureClient();
  const outfile = `.build/${name}.mjs`;
  await bundle(`scripts/${name}.ts`, outfile);
  await runNode(["--enable-source-maps", outfile, ...args]);
} catch (error) {
  // The script has said itself what is wrong.
  if (error instanceof StepError && name !== "") process.exit(1);
  fail(error);
}
