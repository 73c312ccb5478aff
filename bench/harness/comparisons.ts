import { type Cores, pinned } from "./cores";
import { findFreePort, plainEnvironment, type Started, startProcess } from "./processes";

type Comparison = {
  /** A script for Node.js. It prints `ready` once it listens. */
  script: string;
  /** Follow `--port PORT`. */
  args?: readonly string[];
  /** Besides `PORT`. */
  env?: Record<string, string>;
};

/** Starts a server that the product is compared with. */
export type Comparisons = (comparison: Comparison) => Promise<Started & { origin: string }>;

/** Runs `work`, in which servers can be started on the product's core; ends them afterwards. */
export async function withComparisons<Result>(
  cores: Cores,
  work: (start: Comparisons) => Promise<Result>,
): Promise<Result> {
  const started: Started[] = [];
  const start: Comparisons = async ({ script, args = [], env = {} }) => {
    const port = String(await findFreePort());
    const server = await startProcess({
      command: pinned(cores?.server, [process.execPath, script, "--port", port, ...args]),
      env: { ...plainEnvironment(), PORT: port, ...env },
      ready: /^ready$/m,
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
