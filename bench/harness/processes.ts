import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** A program that this run has started. */
export type Started = {
  pid: number;
  /** Seconds from its start to the line that says that it is ready. */
  startSeconds: number;
  /** Asks it to end and waits. */
  stop(): Promise<void>;
};

type StartOptions = {
  command: readonly string[];
  /** The whole environment: nothing of the caller's may change what is measured. */
  env: NodeJS.ProcessEnv;
  ready: RegExp;
  signal?: NodeJS.Signals;
  spawnOptions?: SpawnOptions;
};

const OUTPUT_MAX = 20_000;
/** Far beyond what anything takes, on a machine with four times as much to do as it has cores. */
const READY_SECONDS_MAX = 180;
const running = new Set<ChildProcess>();

/** Nothing that was started outlives the run, however that ends. */
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts a server and waits for it. Rejects with what it printed when it ends or says nothing for too long. */
export async function startProcess(options: StartOptions): Promise<Started> {
  const { command, env, ready, signal = "SIGTERM", spawnOptions = {} } = options;
  const [program = "", ...args] = command;
  const begun = performance.now();
  const child = spawn(program, args, { ...spawnOptions, env, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => {
      running.delete(child);
      resolve();
    });
  });
  await new Promise<void>((resolve, reject) => {
    let printed = "";
    const fail = (why: string) => reject(new Error(`${command.join(" ")} ${why}:\n${printed}`));
    const timer = setTimeout(() => fail("was not ready in time"), READY_SECONDS_MAX * 1_000);
    const settle = (then: () => void) => {
      clearTimeout(timer);
      then();
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        printed = (printed + text).slice(-OUTPUT_MAX);
        if (ready.test(printed)) settle(resolve);
      });
    }
    child.on("error", (error) => settle(() => reject(error)));
    void ended.then(() => settle(() => fail("ended")));
  });
  return {
    pid: child.pid ?? Number.NaN,
    startSeconds: (performance.now() - begun) / 1_000,
    async stop() {
      child.kill(signal);
      await ended;
    },
  };
}

/** Runs a program to its end and returns what it wrote. Rejects with its errors when it fails. */
export function runProcess(
  command: readonly string[],
  { input = "", ...options }: SpawnOptions & { env: NodeJS.ProcessEnv; input?: string },
): Promise<string> {
  const [program = "", ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ["pipe", "pipe", "pipe"] });
    running.add(child);
    let [output, errors] = ["", ""];
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      errors = (errors + text).slice(-OUTPUT_MAX);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      running.delete(child);
      if (code === 0) resolve(output);
      else reject(new Error(`${command.join(" ")} ended with ${code}:\n${errors}${output.slice(-OUTPUT_MAX)}`));
    });
    // A program that fails before it reads says why on its other channel.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });
}

/** What a program needs to be found and to print; settings of the caller stay out. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { NODE_ENV: "production", PATH, HOME, TMPDIR, LANG };
}
