// npm run build: everything that `npm start` would make, without starting.
import "./check-node.mjs";
import { ensureBuild } from "./ensure-build.mjs";
import { ensurePackages } from "./ensure-packages.mjs";
import { fail } from "./project.mjs";

await ensurePackages().then(ensureBuild).catch(fail);
