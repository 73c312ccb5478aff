import "server-only";

import { getResource } from "@/lib/http/get-resource";
import { VERSION } from "@/lib/version";
import { checkReadiness, type ReadinessObstacle, type ReadinessParts } from "./check-readiness";

// What the start has handed over; one for every bundle of this process.
const KEY = Symbol.for("vestibule.readiness");
const shared = globalThis as { [KEY]?: ReadinessParts | undefined };

/** Says what readiness of this process depends on. Without it the process is not ready. */
export function setReadinessParts(parts: ReadinessParts | undefined): void {
  shared[KEY] = parts;
}

/** What keeps this process from doing its work now; undefined when nothing does, and before the start has handed over its parts. */
export async function findReadinessObstacle(): Promise<ReadinessObstacle | undefined> {
  const parts = shared[KEY];
  return parts === undefined ? undefined : checkReadiness(parts);
}

/** `GET /api/health/live`: answers while the process can answer at all. Restart it when it does not. */
export const livenessResource = getResource(async () => health(200, { status: "live" }));

/**
 * `GET /api/health/ready`: 200 while requests can be answered, 503 with the `reason` while they cannot. Take it out of
 * rotation, do not restart it.
 */
export const readinessResource = getResource(async () => {
  const parts = shared[KEY];
  const reason = parts === undefined ? "starting" : await checkReadiness(parts);
  return reason === undefined
    ? health(200, { status: "ready", version: VERSION })
    : health(503, { status: "unavailable", reason, version: VERSION }, { "Retry-After": "5" });
});

function health(
  status: number,
  body: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
) {
  const fields = { "Content-Type": "application/json", "Cache-Control": "no-store", ...headers };
  return { status, headers: fields, body: JSON.stringify(body) };
}
