import "server-only";

import { createHmac, hkdfSync } from "node:crypto";
import type { ConnectionOptions } from "node:tls";
import type { RedisAddress } from "@/lib/env/services/redis-address";
import type { SharedCounts } from "@/lib/http/counters/shared-counts";

/** Longer than Redis takes for what is asked of it; a request waits no longer for its limits. */
const ANSWER_MS_MAX = 250;
/** For this long Redis is not asked again after it failed to answer, so that an outage holds up few requests. */
const PAUSE_MS = 1_000;
const CONNECT_MS_MAX = 1_000;
/** Of what the library asks while it connects. */
const GREETING_MS_MAX = 2_000;
const RETRY_MS_MAX = 2_000;

export type RedisConnection = SharedCounts & {
  /** Resolves when Redis answers, or when the first attempt has failed. Never rejects. */
  tried: Promise<void>;
  close(): Promise<void>;
};

type Options = {
  /** Tells installations apart that use one Redis, and keys the names of their counts: the same in all processes. */
  installation: { secret: string; name: string };
  /** Counts are not shared from now on, and why. Called once until they are shared again. */
  onLost(error: unknown): void;
  onRegained(): void;
  /** Whom to trust, for tests; else whom Node.js trusts. */
  tls?: Pick<ConnectionOptions, "ca" | "checkServerIdentity">;
  /** For tests on machines that are slow: for how long an answer is waited for, and a connection with what is asked on it. */
  answerMsMax?: number;
  connectMsMax?: number;
};

/** Connects to Redis or Valkey, and again whenever the connection is lost, until it is closed. */
export async function connectRedis(address: RedisAddress, options: Options): Promise<RedisConnection> {
  const { installation, onLost, onRegained, answerMsMax = ANSWER_MS_MAX, connectMsMax } = options;
  const { Redis } = await import("ioredis");
  const { host, port, username, password, database: db } = address;
  const client = new Redis({
    ...{ host, port, db },
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(address.tls ? { tls: { ...options.tls } } : {}),
    connectTimeout: connectMsMax ?? CONNECT_MS_MAX,
    commandTimeout: connectMsMax ?? GREETING_MS_MAX,
    // Nothing waits for a connection, and nothing is counted twice after one.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (attempt) => Math.min(attempt * 100, RETRY_MS_MAX),
    // What the library would ask about itself, some servers refuse.
    protocol: 2,
    disableClientInfo: true,
  });

  let isLost = false;
  let isClosed = false;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let lastError: unknown;

  function lose(error: unknown): void {
    if (isLost || isClosed) return;
    isLost = true;
    onLost(error);
  }
  function regain(): void {
    pausedUntil = Number.NEGATIVE_INFINITY;
    if (isLost) onRegained();
    isLost = false;
  }

  client.on("error", (error) => {
    lastError = error;
  });
  const tried = new Promise<void>((resolve) => {
    client.on("ready", () => {
      lastError = undefined;
      regain();
      resolve();
    });
    client.on("close", () => {
      lose(lastError ?? new Error("Redis has ended the connection."));
      resolve();
    });
  });

  const key = Buffer.from(hkdfSync("sha256", installation.secret, "", `rate-limits/${installation.name}`, 32));
  const digest = (text: string) => createHmac("sha256", key).update(text).digest("base64url").slice(0, 22);
  return {
    client,
    prefix: `vestibule:${digest("installation").slice(0, 8)}:`,
    nameOf: digest,
    tried,
    async ask(kind, run) {
      if (client.status !== "ready" || performance.now() < pausedUntil) return undefined;
      try {
        const answer = await inTime(run(), answerMsMax);
        if (kind === "write") regain();
        return answer;
      } catch (error) {
        pausedUntil = performance.now() + PAUSE_MS;
        // Whether anybody is still there shows on a new connection.
        if (error instanceof NoAnswerError) client.disconnect(true);
        lose(error);
        return undefined;
      }
    },
    async close() {
      isClosed = true;
      client.disconnect();
    },
  };
}

class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
}

/** Rejects when `answer` has not come in time. A process that was busy meanwhile first reads what has arrived. */
function inTime<Result>(answer: Promise<Result>, milliseconds: number): Promise<Result> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new NoAnswerError(`Redis has not answered for ${milliseconds} ms.`));
    const timer = setTimeout(() => setImmediate(late), milliseconds);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
