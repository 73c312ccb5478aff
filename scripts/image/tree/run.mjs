// node scripts/run.mjs NAME [ARGUMENTS] where everything is built: runs .build/NAME.mjs on this terminal.
import "../../setup/check-node.mjs";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fail, root, runNode, StepError } from "../../project.mjs";

const [name = "", ...args] = process.argv.slice(2);
const path = `.build/${name}.mjs`;

if (!/^[a-z-]+$/.test(name) || name === "server" || !existsSync(join(root, path)))
  fail(new StepError("Name a script of .build: node scripts/run.mjs NAME"));
// The script says itself what is wrong.
await runNode(["--enable-source-maps", path, ...args]).catch(() => process.exit(1));
