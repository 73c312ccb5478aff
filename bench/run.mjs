// npm run bench: measures the built product beside others and prints tables.
import "../scripts/setup/check-node.mjs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fail, root, runNode, StepError } from "../scripts/project.mjs";
import { bundle } from "../scripts/setup/bundle.mjs";
import { ensureBuild } from "../scripts/setup/ensure-build.mjs";
import { ensurePackages } from "../scripts/setup/ensure-packages.mjs";

const BUNDLES = {
  "bench/main.ts": "main.mjs",
  "bench/data/fixtures.ts": "fixtures.mjs",
  "bench/limits/token-server.ts": "token-server.mjs",
  "bench/limits/rooms-server.ts": "rooms-server.mjs",
};

try {
  await ensurePackages();
  await ensurePackages({ folder: join(root, "bench"), title: "Installing what the product is compared with" });
  await ensureBuild();
  await mkdir(join(root, ".build", "bench"), { recursive: true });
  for (const [entry, name] of Object.entries(BUNDLES)) await bundle(entry, `.build/bench/${name}`);
  await runNode(["--enable-source-maps", ".build/bench/main.mjs", ...process.argv.slice(2)]);
} catch (error) {
  // The bench has said itself what is wrong.
  if (error instanceof StepError && /main\.mjs/.test(error.message)) process.exit(1);
  fail(error);
}
