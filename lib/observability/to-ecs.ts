import "server-only";

import { VERSION } from "@/lib/version";
import type { ErrorDescription } from "./describe-error";

/** The version of the Elastic Common Schema whose names are used. */
const ECS_VERSION = "8.11.0";

type Fields = Record<string, unknown>;

/** Where a field of ours stands in the schema; whatever has no place in it is under `vestibule`, as the schema asks for. */
const PLACES: Readonly<Record<string, readonly [set: string, field: string, ...deeper: string[]]>> = {
  event: ["event", "action"],
  reason: ["event", "reason"],
  request_id: ["http", "request", "id"],
  trace_id: ["trace", "id"],
  span_id: ["span", "id"],
  method: ["http", "request", "method"],
  status: ["http", "response", "status_code"],
  path: ["url", "path"],
  client_address: ["client", "ip"],
  person_id: ["user", "id"],
  pid: ["process", "pid"],
};

/** What every line begins with. */
export const ECS_BASE: Fields = {
  "ecs.version": ECS_VERSION,
  service: { name: "vestibule", version: VERSION, type: "vestibule" },
};

/**
 * Puts the fields of one line where the Elastic Common Schema has them, so that a SIEM finds address, person, outcome
 * and error without a rule of its own. `err` must have been described already.
 *
 * @see https://www.elastic.co/guide/en/ecs/8.11/ecs-field-reference.html
 */
export function toEcs({ err, ...fields }: Fields): Fields {
  const line: Fields = { event: { kind: "event", dataset: "vestibule.log", ...outcomeOf(fields.event) } };
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) put(line, PLACES[name] ?? ["vestibule", name], value);
  }
  // The description is made by describeError, of whatever was thrown.
  if (err !== undefined) line.error = toEcsError(err as ErrorDescription);
  return line;
}

function put(line: Fields, place: readonly string[], value: unknown): void {
  const last = place.at(-1) ?? "";
  let inside = line;
  for (const name of place.slice(0, -1)) {
    // Places never stand inside of one another's values.
    inside[name] ??= {};
    inside = inside[name] as Fields;
  }
  inside[last] = value;
}

/** Events that say how something went say it at the end of their names. */
function outcomeOf(event: unknown): { outcome?: "success" | "failure" } {
  if (typeof event !== "string") return {};
  if (/_(?:refused|failed|unreadable|lost|ended|wrong)$|_not_|^not_/.test(event)) return { outcome: "failure" };
  return /_(?:issued|revoked|introspected|used|reloaded|shared)$/.test(event) ? { outcome: "success" } : {};
}

/** The causes have no place of their own: they stand in the trace, as Java writes them. */
function toEcsError({ type, message, code, stack, cause }: ErrorDescription): Fields {
  const traces = [stack ?? "", ...(cause === undefined ? [] : [`Caused by: ${traceOf(cause)}`])];
  const trace = traces.filter((each) => each !== "").join("\n");
  return {
    type,
    ...(message === undefined ? {} : { message }),
    ...(code === undefined ? {} : { code }),
    ...(trace === "" ? {} : { stack_trace: trace }),
  };
}

function traceOf({ type, message, stack, cause }: ErrorDescription): string {
  const own = stack ?? [type, message].filter((part) => part !== undefined).join(": ");
  return cause === undefined ? own : `${own}\nCaused by: ${traceOf(cause)}`;
}
