import "server-only";

import { collectMetrics, formatMetrics } from "@/lib/observability/metrics/metrics";

type ReadMetrics = () => Promise<string>;

// One for every bundle of this process.
const KEY = Symbol.for("vestibule.metrics-of-all-workers");
const shared = globalThis as { [KEY]?: ReadMetrics | undefined };

/** Has the numbers of several processes read by `read`, in the place of those of this one. */
export function setMetricsOfAllWorkers(read: ReadMetrics | undefined): void {
  shared[KEY] = read;
}

/** The numbers of this process, or of all workers where there are several, in the text format of Prometheus. */
export async function readMetrics(): Promise<string> {
  return shared[KEY] === undefined ? formatMetrics([await collectMetrics()]) : shared[KEY]();
}
