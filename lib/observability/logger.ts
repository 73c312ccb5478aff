import "server-only";

import pino, { type DestinationStream, type Logger } from "pino";
import { config, type LogFormat } from "@/lib/env/config";
import type { AppReason } from "@/lib/errors/app-reason";
import type { HttpReason, RequestReason } from "@/lib/http/http-reason";
import { findRequestContext } from "@/lib/http/request-context";
import type { OAuthReason } from "@/lib/oauth/oauth-reason";
import type { UnexpectedHashReason } from "@/lib/secrets/password-hash";
import { describeError } from "./describe-error";
import type { LogEvent } from "./log-event";
import { incrementCounter } from "./metrics/metrics";
import { redactLine } from "./redact-line";
import { ECS_BASE, toEcs } from "./to-ecs";

export type LogReason = OAuthReason | AppReason | HttpReason | RequestReason | UnexpectedHashReason;

/** Values of one event. `err` takes whatever was thrown. Never a secret, a token, an e-mail address or a request body. */
export type LogFields = { event: LogEvent; reason?: LogReason | undefined; [name: string]: unknown };

export type Log = Record<"debug" | "info" | "warn" | "error", (fields: LogFields, message: string) => void>;

type LogState = { logger?: Logger | undefined; destination?: DestinationStream | undefined; format?: LogFormat };

// One per process, in every bundle.
const KEY = Symbol.for("vestibule.log");
const shared = globalThis as { [KEY]?: LogState };
shared[KEY] ??= {};
const state = shared[KEY];

/**
 * The log of the process: one JSON object on one line of standard output for each event, with the id of the request it
 * happened in. Line breaks in values are escaped, so nobody can forge a line. Made at first use, not at import.
 */
export const log: Log = {
  debug: (fields, message) => logger().debug(fields, message),
  info: (fields, message) => logger().info(fields, message),
  warn(fields, message) {
    incrementCounter("vestibule_log_entries_total", { level: "warn" });
    logger().warn(fields, message);
  },
  error(fields, message) {
    incrementCounter("vestibule_log_entries_total", { level: "error" });
    logger().error(fields, message);
  },
};

/** Sends every line, whatever its level, to `destination`; `undefined` goes back to standard output. For tests. */
export function setLogDestination(destination: DestinationStream | undefined): void {
  state.destination = destination;
  state.logger = undefined;
}

/** Has every line written in `format` from now on, in every bundle of this process. */
export function setLogFormat(format: LogFormat): void {
  state.format = format;
  state.logger = undefined;
}

/** Where lines go; undefined for standard output. What counts lines begins anew with another one. */
export function logDestination(): DestinationStream | undefined {
  return state.destination;
}

function logger(): Logger {
  state.logger ??= createLogger(state.destination);
  return state.logger;
}

function createLogger(destination: DestinationStream | undefined): Logger {
  const level = destination === undefined ? levelOf(readEnvironment()) : "debug";
  const options = {
    level,
    mixin: requestFields,
    hooks: { streamWrite: redactLine },
    ...(state.format === "ecs" ? ECS_OPTIONS : JSON_OPTIONS),
  };
  if (level === "silent") return pino(options);
  return pino(options, destination ?? standardOutput());
}

const JSON_OPTIONS = {
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label: string) => ({ level: label }) },
  serializers: { err: describeError },
};

const ECS_OPTIONS = {
  base: ECS_BASE,
  messageKey: "message",
  timestamp: () => `,"@timestamp":"${new Date().toISOString()}"`,
  formatters: {
    level: (label: string) => ({ "log.level": label }),
    log: ({ err, ...fields }: Record<string, unknown>) =>
      toEcs(err === undefined ? fields : { ...fields, err: describeError(err) }),
  },
};

/** Milliseconds for which lines are collected. */
const COLLECT_MS = 20;
/** Characters that are written at once, however short the time. */
const COLLECTED_MAX = 16_384;

/**
 * Writes without waiting, and lines of the same moment together: each write goes to another thread, wakes whoever reads
 * the log, and costs several times as much as its line. What is left when the process exits is written then.
 */
function standardOutput(): DestinationStream {
  let collected = "";
  let timer: NodeJS.Timeout | undefined;
  function hand(): void {
    clearTimeout(timer);
    timer = undefined;
    if (collected === "") return;
    const lines = collected;
    collected = "";
    stream.write(lines);
  }
  const stream = pino.destination({ dest: 1, sync: false });
  process.on("exit", () => {
    hand();
    stream.flushSync();
  });
  return {
    write(line) {
      collected += line;
      if (collected.length >= COLLECTED_MAX) hand();
      else timer ??= setTimeout(hand, COLLECT_MS);
    },
  };
}

function levelOf(environment: string): string {
  if (environment === "test") return "silent";
  return environment === "development" ? "debug" : "info";
}

/** A failure to read the configuration must be loggable too. */
function readEnvironment(): string {
  try {
    return config().environment;
  } catch {
    return "production";
  }
}

function requestFields(): { request_id?: string; trace_id?: string; span_id?: string } {
  const context = findRequestContext();
  // Start-up and timers have no request.
  if (context === undefined) return {};
  const { requestId: request_id, span } = context;
  return span === undefined ? { request_id } : { request_id, trace_id: span.traceId, span_id: span.spanId };
}
