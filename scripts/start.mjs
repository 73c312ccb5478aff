// npm start: from a clean clone to a running server; the second time only the server. `--dev` for development.
import "./setup/check-node.mjs";
import { fail } from "./project.mjs";
import { ensureBuild, ensureDevelopmentBuild } from "./setup/ensure-build.mjs";
import { ensurePackages } from "./setup/ensure-packages.mjs";
import { runServer } from "./setup/run-server.mjs";

const development = process.argv.includes("--dev");
const args = process.argv.slice(2).filter((argument) => argument !== "--dev");

try {
  await ensurePackages();
  await (development ? ensureDevelopmentBuild() : ensureBuild());
} catch (error) {
  fail(error);
}

runServer({ args, development });
