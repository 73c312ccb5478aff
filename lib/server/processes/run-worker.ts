import "server-only";

import cluster from "node:cluster";
import { setMetricsOfAllWorkers } from "../metrics/read-metrics";
import type { StartOptions } from "../start-server";
import type { WorkerReport } from "./start-workers";
import { channelTo, joinWorkerMetrics } from "./worker-metrics";

/**
 * How a worker starts: it reports to the process that has started it whether it listens, or why not, and leaves it to
 * that one to say so. What else there is to say at a start, the first worker says for all.
 */
export function workerOptions(options: StartOptions): StartOptions {
  const { worker } = cluster;
  if (worker === undefined) return options;
  const report = (message: WorkerReport, done = () => {}) => {
    // Nobody is left to be told when the channel is closed.
    if (process.connected) worker.send(message, done);
    else done();
  };
  // Without the mark, Node ends a worker at once when the process that has started it is gone.
  process.prependListener("disconnect", () => {
    worker.exitedAfterDisconnect = true;
  });
  setMetricsOfAllWorkers(joinWorkerMetrics(channelTo(worker)));
  let failure: WorkerReport | undefined;
  return {
    ...options,
    print: worker.id === 1 ? options.print : () => {},
    onReady: () => report({ kind: "ready" }),
    onFailure: (message) => {
      failure = { kind: "failed", message };
    },
    // Sent last, so that the process ends when it has arrived.
    exit: (code) => (failure === undefined ? options.exit(code) : report(failure, () => options.exit(code))),
  };
}
