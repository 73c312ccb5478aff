import { type Cores, pinned } from "./cores";
import { plainEnvironment, runProcess } from "./processes";

export type LoadRequest = {
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body?: string;
};

export type LoadJob = {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  /** An address of the loopback network from which it comes, where callers must not count as one. */
  localAddress?: string;
  connections: number;
  seconds: number;
  /** Sent in turn. */
  requests: readonly LoadRequest[];
  /** The status that counts as an answer. */
  expected: number;
  /** Ends before its time once there are as many answers. For connections that send one request after the other. */
  enough?: number;
  /** Without it each connection sends as soon as it has its answer. */
  perSecond?: number;
};

export type LoadResult = {
  /** Milliseconds, of the expected answers. */
  latencies: number[];
  /** How many answers were another status, or an error of the connection. */
  unexpected: Record<string, number>;
  /** The beginning of the body of the first unexpected answer. */
  sample: string;
  /** Not sent, because too many were without an answer. */
  skipped: number;
  /** Never answered; they are among the latencies with the time that they have waited. */
  unanswered: number;
};

/** Sends load from the load's core. Rejects when the sender fails, not when the server does. */
export async function runLoad(job: LoadJob, cores: Cores): Promise<LoadResult> {
  const command = pinned(cores?.load, [process.execPath, "bench/load/generate-load.mjs"]);
  return JSON.parse(await runProcess(command, { env: plainEnvironment(), input: JSON.stringify(job) }));
}
