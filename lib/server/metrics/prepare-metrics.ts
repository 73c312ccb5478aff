import "server-only";

import type { Config } from "@/lib/env/config";
import { measureProcess, provideGauge, setGauge } from "@/lib/observability/metrics/metrics";
import { countLiveSessions } from "@/lib/staff/sessions/count-live-sessions";
import { VERSION } from "@/lib/version";

/** Sets what does not change, and provides what is known only when somebody looks. */
export function prepareMetrics({ metricsToken }: Pick<Config, "metricsToken">): void {
  setGauge("vestibule_build_info", 1, { version: VERSION, node: process.version });
  setGauge("vestibule_workers", 1);
  provideGauge("vestibule_staff_sessions", async () => [{ value: await countLiveSessions(new Date()) }]);
  // Not for nothing: the event loop is woken for it.
  if (metricsToken !== undefined) measureProcess();
}
