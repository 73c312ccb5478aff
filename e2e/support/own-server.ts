import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { findFreePort } from "../../lib/testing/process/loopback";
import { neutralEnvironment } from "./server";

export type OwnServer = {
  process: ChildProcess;
  port: number;
  baseUrl: string;
  /** Everything it has printed so far. */
  output(): string;
  /** Resolves once it is ready; rejects with its output when it ends before. */
  ready: Promise<void>;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

/** Starts the built server as a process of this test alone. */
export async function startOwnServer(environment: Record<string, string>, args: string[] = []): Promise<OwnServer> {
  const port = Number(environment.PORT ?? (await findFreePort()));
  const child = spawn(process.execPath, ["--enable-source-maps", ".build/server.mjs", "--ignore-env-file", ...args], {
    env: { ...process.env, ...neutralEnvironment(), NODE_ENV: "production", PORT: String(port), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return watchServer(child, port);
}

/** Follows a server that was started as `child` on `port`. */
export function watchServer(child: ChildProcessByStdio<null, Readable, Readable>, port: number): OwnServer {
  let printed = "";
  const exited = new Promise<Awaited<OwnServer["exited"]>>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal }));
  });
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
        if (printed.includes("Vestibule is ready at")) resolve();
      });
    }
    void exited.then(() => reject(new Error(`The server ended:\n${printed}`)));
  });
  // Whoever expects it to end does not wait for it to be ready.
  ready.catch(() => {});
  return { process: child, port, baseUrl: `http://localhost:${port}`, output: () => printed, ready, exited };
}
