import { findFreePort } from "@/lib/testing/process/loopback";
import { type Cores, pinned } from "./cores";
import { plainEnvironment, type Started, startProcess } from "./processes";

type Comparison = {
  /** The whole command, for a port. */
  command: (port: string) => readonly string[];
  /** Besides `PORT`. */
  env?: Record<string, string>;
  /** What it prints once it listens; `ready` on a line of its own unless said otherwise. */
  ready?: RegExp;
};

/** Starts a server that the product is compared with. */
export type Comparisons = (comparison: Comparison) => Promise<Started & { origin: string }>;

/** Runs `work`, in which servers can be started on the product's core; ends them afterwards. */
export async function withComparisons<Result>(
  cores: Cores,
  work: (start: Comparisons) => Promise<Result>,
): Promise<Result> {
  const started: Started[] = [];
  const start: Comparisons = async ({ command, env = {}, ready = /^ready$/m }) => {
    const port = String(await findFreePort());
    const server = await startProcess({
      command: pinned(cores?.server, command(port)),
      env: { ...plainEnvironment(), PORT: port, ...env },
      ready,
    });
    started.push(server);
    return { ...server, origin: `http://127.0.0.1:${port}` };
  };
  try {
    return await work(start);
  } finally {
    await Promise.all(started.map(({ stop }) => stop()));
  }
}

/** The command of a bare server of this bench, which takes its settings as arguments. */
export function limitCommand(script: string, args: readonly string[]): (port: string) => readonly string[] {
  return (port) => [process.execPath, `.build/bench/${script}`, "--port", port, ...args];
}
