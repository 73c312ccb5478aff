import "server-only";

import type { AppReason } from "@/lib/errors/app-reason";
import type { HttpReason, RequestReason } from "@/lib/http/http-reason";
import type { OAuthReason } from "@/lib/oauth/oauth-reason";

/** Every counter and gauge of the process, with the labels it carries. Label values come from our code, never from a caller. */
export type Metrics = {
  /** Runs of Argon2 on client secrets. */
  argon2_verify_total: { result: "match" | "mismatch" | "error" };
  /** Secret checks that wait for a free place, now. */
  argon2_queue_depth: undefined;
  /** Presented secrets that were not made here for that client. */
  secret_tag_reject_total: undefined;
  /** Secret checks answered from memory. */
  verified_cache_hit_total: { kind: "positive" | "negative" };
  token_issued_total: undefined;
  token_refused_total: { reason: OAuthReason };
  token_revoked_total: undefined;
  /** Revocations answered with 200 that changed nothing. */
  revocation_ignored_total: { reason: OAuthReason };
  revocation_refused_total: { reason: OAuthReason };
  token_introspected_total: { active: "true" | "false" };
  introspection_refused_total: { reason: OAuthReason };
  /** Requests that were refused before any route saw them. */
  request_refused_total: { reason: RequestReason };
  external_refused_total: { reason: OAuthReason | HttpReason | AppReason };
};

export type MetricName = keyof Metrics;

type LabelArguments<Name extends MetricName> = Metrics[Name] extends undefined ? [] : [labels: Metrics[Name]];

// One set of numbers for every bundle of this process.
const KEY = Symbol.for("vestibule.metrics");
const shared = globalThis as { [KEY]?: Map<string, number> };
shared[KEY] ??= new Map<string, number>();
const values = shared[KEY];

/** Adds one to a counter. */
export function incrementCounter<Name extends MetricName>(name: Name, ...labels: LabelArguments<Name>): void {
  const series = seriesName(name, labels[0]);
  values.set(series, (values.get(series) ?? 0) + 1);
}

/** Sets a gauge to what it is now. */
export function setGauge<Name extends MetricName>(name: Name, value: number, ...labels: LabelArguments<Name>): void {
  values.set(seriesName(name, labels[0]), value);
}

/**
 * All numbers by series, named as the Prometheus text format does: `token_refused_total{reason="bad_tag"}`.
 * A series appears with its first event.
 */
export function metricsSnapshot(): Record<string, number> {
  return Object.fromEntries([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Forgets every number. For tests: a counter of a running process never goes back. */
export function resetMetrics(): void {
  values.clear();
}

function seriesName(name: MetricName, labels: Record<string, string> | undefined): string {
  if (labels === undefined) return name;
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.join(",")}}`;
}
