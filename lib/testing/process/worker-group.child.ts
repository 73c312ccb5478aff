// Starts three workers as the product does. Their work is to wait; the first argument says what goes wrong with them.

import cluster from "node:cluster";
import { workerOptions } from "@/lib/server/processes/run-worker";
import { startWorkers } from "@/lib/server/processes/start-workers";

const [fault = ""] = process.argv.slice(2);
const say = (line: string) => void process.stdout.write(`${line}\n`);
const exit = (code: number) => process.exit(code);

if (cluster.worker === undefined) {
  const restartDelayMs = (shortLives: number) => {
    say(`short lives: ${shortLives}`);
    return 1;
  };
  await startWorkers({ count: 3, onReady: () => say("all are ready"), print: say, exit, restartDelayMs });
} else {
  const { id } = cluster.worker;
  const options = workerOptions({ projectFolder: "", environment: {}, print: say, exit });
  const stop = (why: string) => {
    say(`worker ${id} stops: ${why}`);
    exit(fault === `disorder ${id}` ? 3 : 0);
  };
  process.on("SIGTERM", () => stop("asked"));
  process.on("disconnect", () => stop("alone"));
  say(`worker ${id} is process ${process.pid}`);
  options.print("said for all");
  if (fault === `fails ${id}` || (fault === "fails others" && id > 1)) {
    options.onFailure?.("Something is missing.");
    options.exit(1);
  } else if (fault === `dies ${id}`) exit(7);
  else options.onReady?.();
  setInterval(() => {}, 60_000);
}
