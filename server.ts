// The production entry. It owns what Next cannot know or do; lib/server/start-server.ts shows the order of things.
import { readEnvironment } from "@/lib/env/read-environment";
import { startProcesses } from "@/lib/server/processes/start-processes";

const projectFolder = process.cwd();

await startProcesses({
  projectFolder,
  // A test server must not be changed by the .env file that somebody develops with.
  environment: readEnvironment(process.argv.includes("--ignore-env-file") ? undefined : projectFolder),
  // For the test that compares the two ways to an endpoint.
  usesRouteFiles: process.argv.includes("--route-files"),
  print: (line) => process.stdout.write(`${line}\n`),
  exit: (code) => process.exit(code),
});
