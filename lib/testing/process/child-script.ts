import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { bundle } from "@/scripts/setup/bundle.mjs";

export type Child = {
  process: ChildProcess;
  /** The lines it has printed so far, on either stream. */
  lines: string[];
  /** Resolves with its next line that `matches`; rejects when it ends without one. */
  line(matches: (line: string) => boolean): Promise<string>;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

/** Bundles a script of this project, so that plain Node runs it in a process of its own. Call `dispose` at the end. */
export async function prepareChildScript(entry: string) {
  // Inside the project: the bundle finds its packages from where it is.
  const folder = await mkdtemp(join(process.cwd(), "node_modules", ".vestibule-"));
  const outfile = join(folder, "child.mjs");
  await bundle(entry, outfile);
  const children = new Set<Child>();
  async function stop() {
    for (const child of children) child.process.kill("SIGKILL");
    await Promise.all([...children].map((child) => child.exited));
    children.clear();
  }
  return {
    /** The bundled script. */
    path: outfile,
    start(...args: string[]): Child {
      const child = startChild([outfile, ...args]);
      children.add(child);
      return child;
    },
    /** Ends what was started and is still running: to be called before a folder that it writes to is removed. */
    stop,
    async dispose() {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}

function startChild(args: string[]): Child {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let ended = false;
  const wake = () => {
    for (const check of [...waiting]) check();
  };
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      wake();
    });
  }
  const exited = new Promise<Awaited<Child["exited"]>>((resolve) => {
    child.on("close", (code, signal) => {
      ended = true;
      wake();
      resolve({ code, signal });
    });
  });
  const line = (matches: (line: string) => boolean) =>
    new Promise<string>((resolve, reject) => {
      let seen = 0;
      const check = () => {
        const found = lines.slice(seen).find(matches);
        seen = lines.length;
        if (found === undefined && !ended) return;
        waiting.delete(check);
        if (found === undefined) reject(new Error(`The child ended without that line:\n${lines.join("\n")}`));
        else resolve(found);
      };
      waiting.add(check);
      check();
    });
  return { process: child, lines, line, exited };
}
