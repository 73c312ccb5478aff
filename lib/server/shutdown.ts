import "server-only";

import type { Server } from "node:http";
import { Server as NetServer } from "node:net";

export type ShutdownOptions = {
  /** Waited for first: what is only half open cannot be closed. */
  started: () => Promise<unknown>;
  /** Closed in this order. A step that fails does not keep the next one from running. */
  steps: readonly { name: string; close: () => Promise<unknown> }[];
  onFailure: (error: unknown, step: string) => void;
  exit: (code: number) => void;
  now: () => number;
};

const DRAIN_MS = 10_000;
const SWEEP_MS = 50;
/** npm hands a signal on that the terminal has sent to everybody already: the echo is not a second request. */
const ECHO_MS = 1_000;

export type Shutdown = { request: () => void; fail: () => void; isRequested: () => boolean };

/**
 * Returns what to call when the process is asked to stop. The first call closes everything and exits with 0, or with 1
 * when a step failed; a later one, unless it is the echo of the first, exits at once with 130. `fail` is for a process
 * that cannot go on: it closes everything and exits with 1 whatever comes of it, at once when that had been begun
 * already.
 */
export function createShutdown(options: ShutdownOptions): Shutdown {
  let requestedAt: number | undefined;
  const close = (code: number) => {
    requestedAt = options.now();
    void closeInOrder(options).then((failures) => options.exit(failures === 0 ? code : 1));
  };
  return {
    isRequested: () => requestedAt !== undefined,
    request() {
      if (requestedAt === undefined) close(0);
      else if (options.now() - requestedAt >= ECHO_MS) options.exit(130);
    },
    fail() {
      if (requestedAt === undefined) close(1);
      else options.exit(1);
    },
  };
}

async function closeInOrder({ started, steps, onFailure }: ShutdownOptions): Promise<number> {
  let failures = 0;
  await started();
  for (const { name, close } of steps) {
    try {
      await close();
    } catch (error) {
      failures += 1;
      onFailure(error, name);
    }
  }
  return failures;
}

/**
 * Stops accepting connections and waits for the answers that are under way, at most 10 s; then cuts what is left. A proxy
 * keeps connections open and may be sending the next request on one that nobody uses at this moment: cut, it could not
 * tell whether a POST had been done, and would fail. `idleMs` is how long such connections stay; each ends with its answer.
 */
export async function drainServer(
  server: Server,
  { limitMs = DRAIN_MS, idleMs = 0 }: { limitMs?: number; idleMs?: number } = {},
): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), limitMs);
  let sweep: NodeJS.Timeout | undefined;
  const closeIdle = () => {
    server.closeIdleConnections();
    // A connection that was busy at first is kept alive after its answer, and would be waited for in vain.
    sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  };
  const wait = setTimeout(closeIdle, idleMs);
  try {
    await new Promise<void>((resolve, reject) => {
      // Not the close of an HTTP server: it cuts idle connections at once.
      NetServer.prototype.close.call(server, (error) => (error === undefined ? resolve() : reject(error)));
    });
  } finally {
    clearTimeout(cut);
    clearTimeout(wait);
    clearInterval(sweep);
  }
}
