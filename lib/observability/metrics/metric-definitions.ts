import "server-only";

import type { AppReason } from "@/lib/errors/app-reason";
import type { HttpReason, RequestReason } from "@/lib/http/http-reason";
import type { OAuthReason } from "@/lib/oauth/oauth-reason";

/** Every metric of the product, with the labels it carries. Label values come from our code, never from a caller. */
export type MetricLabels = {
  vestibule_build_info: { version: string; node: string };
  vestibule_http_request_duration_seconds: { method: string; route: string; status: string };
  vestibule_request_refused_total: { reason: RequestReason };
  vestibule_token_issued_total: undefined;
  vestibule_token_refused_total: { reason: OAuthReason };
  vestibule_token_revoked_total: undefined;
  vestibule_revocation_ignored_total: { reason: OAuthReason };
  vestibule_revocation_refused_total: { reason: OAuthReason };
  vestibule_token_introspected_total: { active: "true" | "false" };
  vestibule_introspection_refused_total: { reason: OAuthReason };
  vestibule_external_refused_total: { reason: OAuthReason | HttpReason | AppReason };
  vestibule_argon2_verify_total: { result: "match" | "mismatch" | "error" };
  vestibule_argon2_queue_depth: undefined;
  vestibule_secret_tag_reject_total: undefined;
  vestibule_verified_cache_hit_total: { kind: "positive" | "negative" };
  vestibule_group_read_size: { read: "client" | "authority" };
  vestibule_database_connections: { state: "used" | "idle" };
  vestibule_database_connection_waiting: undefined;
  vestibule_activity_rows_waiting: undefined;
  vestibule_activity_oldest_row_seconds: undefined;
  vestibule_activity_lost_total: undefined;
  vestibule_activity_left_out_total: undefined;
  vestibule_staff_sessions: undefined;
  vestibule_rate_limits_shared: undefined;
  vestibule_housekeeping_deleted_total: { task: string };
  vestibule_housekeeping_failed_total: { task: string };
  vestibule_housekeeping_success_timestamp_seconds: { task: string };
  vestibule_ready: undefined;
  vestibule_log_entries_total: { level: "warn" | "error" };
  vestibule_workers: undefined;
};

export type MetricName = keyof MetricLabels;

/** How the values of several workers become one. Counters and histograms are always added up. */
type Across = "sum" | "max" | "min" | "first";

type Definition<Name extends MetricName> = {
  help: string;
  labels?: readonly (keyof NonNullable<MetricLabels[Name]> & string)[];
} & ({ type: "counter" } | { type: "gauge"; across: Across } | { type: "histogram"; buckets: readonly number[] });

/** Seconds: from what a token costs when its client is known, to what a proxy waits for. */
const REQUEST_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What each metric is. docs/metrics.md has the same table for operators; a test holds the two together. */
export const METRICS = {
  vestibule_build_info: {
    type: "gauge",
    across: "first",
    help: "Which version runs, on which Node.js. Always 1.",
    labels: ["version", "node"],
  },
  vestibule_http_request_duration_seconds: {
    type: "histogram",
    buckets: REQUEST_SECONDS,
    help: "From the head of a request to the last byte of its answer.",
    labels: ["method", "route", "status"],
  },
  vestibule_request_refused_total: {
    type: "counter",
    help: "Requests that were refused before any route saw them.",
    labels: ["reason"],
  },
  vestibule_token_issued_total: { type: "counter", help: "Tokens handed out." },
  vestibule_token_refused_total: {
    type: "counter",
    help: "Refusals of the token endpoint.",
    labels: ["reason"],
  },
  vestibule_token_revoked_total: { type: "counter", help: "Tokens revoked by their application." },
  vestibule_revocation_ignored_total: {
    type: "counter",
    help: "Revocations answered with 200 that changed nothing.",
    labels: ["reason"],
  },
  vestibule_revocation_refused_total: {
    type: "counter",
    help: "Refusals of the revocation endpoint.",
    labels: ["reason"],
  },
  vestibule_token_introspected_total: { type: "counter", help: "Answered introspections.", labels: ["active"] },
  vestibule_introspection_refused_total: {
    type: "counter",
    help: "Refusals of the introspection endpoint.",
    labels: ["reason"],
  },
  vestibule_external_refused_total: { type: "counter", help: "Refusals of the external API.", labels: ["reason"] },
  vestibule_argon2_verify_total: { type: "counter", help: "Runs of Argon2 on client secrets.", labels: ["result"] },
  vestibule_argon2_queue_depth: { type: "gauge", across: "sum", help: "Secret checks that wait, now." },
  vestibule_secret_tag_reject_total: {
    type: "counter",
    help: "Presented secrets that were not made here for that client.",
  },
  vestibule_verified_cache_hit_total: {
    type: "counter",
    help: "Secret checks answered from memory.",
    labels: ["kind"],
  },
  vestibule_group_read_size: {
    type: "histogram",
    buckets: [1, 2, 4, 8, 16, 32, 64],
    help: "How many requests one read of the database answered.",
    labels: ["read"],
  },
  vestibule_database_connections: {
    type: "gauge",
    across: "sum",
    help: "Connections to PostgreSQL that are open.",
    labels: ["state"],
  },
  vestibule_database_connection_waiting: {
    type: "gauge",
    across: "sum",
    help: "Who waits for a connection to PostgreSQL, now.",
  },
  vestibule_activity_rows_waiting: {
    type: "gauge",
    across: "sum",
    help: "Rows of activity that are not stored yet.",
  },
  vestibule_activity_oldest_row_seconds: {
    type: "gauge",
    across: "max",
    help: "How long the oldest of them has waited.",
  },
  vestibule_activity_lost_total: {
    type: "counter",
    help: "Requests of applications that found no place in activity.",
  },
  vestibule_activity_left_out_total: {
    type: "counter",
    help: "Requests that nobody has proved and that were not stored one by one.",
  },
  vestibule_staff_sessions: {
    type: "gauge",
    across: "max",
    help: "Live sessions of staff, in the whole installation.",
  },
  vestibule_rate_limits_shared: {
    type: "gauge",
    across: "min",
    help: "1 while limits are counted in Redis, 0 while it does not answer.",
  },
  vestibule_housekeeping_deleted_total: {
    type: "counter",
    help: "Rows deleted because their time was over.",
    labels: ["task"],
  },
  vestibule_housekeeping_failed_total: { type: "counter", help: "Rounds of a job that failed.", labels: ["task"] },
  vestibule_housekeeping_success_timestamp_seconds: {
    type: "gauge",
    across: "max",
    help: "When a job last came to its end.",
    labels: ["task"],
  },
  vestibule_ready: {
    type: "gauge",
    across: "min",
    help: "What /api/health/ready last answered: 1 ready, 0 not.",
  },
  vestibule_log_entries_total: {
    type: "counter",
    help: "Lines of the log that warn or report an error.",
    labels: ["level"],
  },
  vestibule_workers: { type: "gauge", across: "first", help: "Worker processes whose numbers are in here." },
} as const satisfies { [Name in MetricName]: Definition<Name> };

type NameOf<Type extends string> = {
  [Name in MetricName]: (typeof METRICS)[Name]["type"] extends Type ? Name : never;
}[MetricName];

export type CounterName = NameOf<"counter">;
export type GaugeName = NameOf<"gauge">;
export type HistogramName = NameOf<"histogram">;
