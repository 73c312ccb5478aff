// npm run build: everything that `npm start` would make, without starting.
import "./setup/check-node.mjs";
import { fail } from "./project.mjs";
import { ensureBuild } from "./setup/ensure-build.mjs";
import { ensurePackages } from "./setup/ensure-packages.mjs";

await ensurePackages().then(ensureBuild).catch(fail);
