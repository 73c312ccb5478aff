// The production entry. It owns what Next cannot know or do; lib/server/start-server.ts shows the order of things.
import { readEnvironment } from "@/lib/env/read-environment";
import { log } from "@/lib/observability/logger";
import { startServer } from "@/lib/server/start-server";

process.on("unhandledRejection", (err) =>
  log.error({ event: "rejection_unhandled", err }, "a promise was rejected and nobody noticed"),
);

const projectFolder = process.cwd();

await startServer({
  projectFolder,
  // A test server must not be changed by the .env file that somebody develops with.
  environment: readEnvironment(process.argv.includes("--ignore-env-file") ? undefined : projectFolder),
  print: (line) => process.stdout.write(`${line}\n`),
  exit: (code) => process.exit(code),
});
