import "server-only";

import cluster from "node:cluster";
import { parseEnvironment } from "@/lib/env/parse-environment";
import { setLogFormat } from "@/lib/observability/logger";
import { startMessages } from "../start-messages";
import { type StartOptions, startServer } from "../start-server";
import { workerOptions } from "./run-worker";
import { startWorkers } from "./start-workers";

/** Starts the product in this process, or with `WORKERS` in several that share the port. */
export async function startProcesses(options: StartOptions): Promise<void> {
  if (cluster.isWorker) return startServer(workerOptions(options));
  // What is wrong with the environment is said by the start of the one process that there then is.
  const settings = await parseEnvironment(options.environment).catch(() => undefined);
  if (settings === undefined || settings.workers === 1 || settings.environment === "development") {
    return startServer(options);
  }
  setLogFormat(settings.logFormat);
  const { print, exit } = options;
  return startWorkers({ count: settings.workers, onReady: () => print(startMessages.ready(settings)), print, exit });
}
