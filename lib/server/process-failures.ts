import "server-only";

import { log } from "@/lib/observability/logger";

type FailureEvents = {
  on(event: "unhandledRejection" | "uncaughtException", listener: (thrown: unknown) => void): unknown;
};

/**
 * Decides what becomes of the process when something fell that nobody caught.
 *
 * A rejected promise that nobody awaits is told and no more. Requests, actions, timers and shutdown await what they
 * begin, and what changes data is a transaction that was rolled back when it threw; so nothing waits for such a promise
 * and nothing is left half done. They come from the streams of the renderer when a browser hangs up: a process that
 * ended for them would hand everybody a switch for it.
 *
 * A thrown exception is another matter. It unwound code of which nobody knows how far it came, so the process ends, in
 * order: `end` closes what is open and exits with 1.
 */
export function watchProcessFailures(process: FailureEvents, end: () => void): void {
  process.on("unhandledRejection", (err) =>
    log.error({ event: "rejection_unhandled", err }, "a promise was rejected and nobody noticed"),
  );
  process.on("uncaughtException", (err) => {
    log.error({ event: "exception_uncaught", err }, "an exception was not caught: the process ends");
    end();
  });
}
