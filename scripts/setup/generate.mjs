// Writes the Prisma client to lib/db/generated.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const prismaCli = fileURLToPath(new URL("../../node_modules/prisma/build/index.js", import.meta.url));

const { status } = spawnSync(process.execPath, [prismaCli, "generate", "--no-hints"], {
  stdio: ["ignore", "ignore", "inherit"],
  env: {
    ...process.env,
    // `generate` never runs the schema engine, yet looks for its binary and would download it. Any existing file will do.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  },
});
process.exit(status ?? 1);
