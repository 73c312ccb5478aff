import "server-only";

import { format, stripVTControlCharacters } from "node:util";
import { log } from "./logger";

/** What a library writes can hold what a caller sent, of any size. */
const CHARACTERS_MAX = 2_000;

const LEVELS = {
  debug: "debug",
  trace: "debug",
  log: "debug",
  info: "debug",
  warn: "warn",
  error: "error",
} as const;

type ConsoleMethods = Record<keyof typeof LEVELS, (...parts: unknown[]) => void>;

/**
 * Sends what libraries write to `target` through the log instead: one line of JSON each, redacted, with the id of the
 * request, without colours, and without characters that a terminal obeys. Next reports its own failures that way, with
 * parts of requests in them. Returns what puts the methods back.
 */
export function sendConsoleToLog(target: ConsoleMethods): () => void {
  const original = { ...target };
  // The keys of LEVELS are the names of these methods.
  for (const method of Object.keys(LEVELS) as (keyof typeof LEVELS)[]) {
    target[method] = (...parts) => write(LEVELS[method], parts);
  }
  return () => void Object.assign(target, original);
}

function write(level: (typeof LEVELS)[keyof typeof LEVELS], parts: readonly unknown[]): void {
  const err = parts.find((part) => part instanceof Error);
  const text = stripVTControlCharacters(format(...parts.filter((part) => part !== err))).trim();
  // Next sets its lines apart with empty ones.
  if (text === "" && err === undefined) return;
  const shown = text.length > CHARACTERS_MAX ? `${text.slice(0, CHARACTERS_MAX)}…` : text;
  log[level](
    { event: "console_written", ...(err === undefined ? {} : { err }) },
    shown || "A library reported an error",
  );
}
