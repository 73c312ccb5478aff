import { execFile, spawn, spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { findFreePort } from "../../../lib/testing/process/loopback";
import { type OwnServer, watchServer } from "../own-server";
import { makeDataDirectory } from "../server";
import { environmentOf, finalStage, readDockerfile, textsOf, wordsOf } from "./dockerfile";

const run = promisify(execFile);

/** Debian's nobody. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
/** Makes the tree read-only for itself and what it becomes, gives up every right, and becomes the command. */
const CONFINE = [
  'cd "$1" && shift && mount --bind . . && mount -o remount,bind,ro "$PWD" && cd "$PWD"',
  `exec setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups --no-new-privs --bounding-set=-all "$@"`,
].join(" && ");
const canConfine =
  isRoot && spawnSync("unshare", ["--mount", "sh", "-c", "mount --bind /tmp /tmp && setpriv --version"]).status === 0;

/** What the steps of the Dockerfile make, on this machine instead of in a container. */
export type Image = {
  app: string;
  data: string;
  environment: Record<string, string>;
  command: string[];
  probe: string[];
};

/**
 * Does what the Dockerfile does, by its own lines, with folders of this test in the place of those in the container. Only
 * the packages are there already: whoever runs the tests has installed them. Afterwards nobody may write to the tree.
 */
export async function makeImage(): Promise<Image> {
  const instructions = readDockerfile();
  const image = finalStage(instructions);
  const folder = makeDataDirectory("image");
  const [app, data] = [join(folder, "app"), join(folder, "data")];
  for (const command of textsOf(instructions, "RUN").filter((text) => !text.startsWith("npm ci "))) {
    const [program = "", ...args] = command
      .split(" ")
      .map((word) => word.replace(/^\/out$/, app).replace(/^\/data$/, data));
    await run(program, args);
  }
  chmodSync(folder, 0o755);
  await run("chmod", ["-R", "a=rX", app]);
  const command = wordsOf(textsOf(image, "CMD")[0] ?? "");
  const probe = wordsOf(textsOf(image, "HEALTHCHECK")[0] ?? "");
  return { app, data, environment: environmentOf(image), command, probe };
}

/** Gives a folder and what is in it to the account that the server runs as. */
export async function giveToServer(path: string): Promise<void> {
  if (isRoot) await run("chown", ["-R", `${NOBODY}:${NOBODY}`, path]);
}

/** The program and arguments with which `words` run in the tree as the container would run them. */
function confined({ app }: Image, words: readonly string[]) {
  const [program, ...args] = words.map((word) => (word === "node" ? process.execPath : word));
  return canConfine
    ? { program: "unshare", args: ["--mount", "sh", "-c", CONFINE, "sh", app, program ?? "", ...args], options: {} }
    : { program: program ?? "", args, options: { cwd: app, ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}) } };
}

/** Only what the image sets and what the operator gives: nothing of whoever runs the tests. */
function environmentIn({ environment, data }: Image, given: Record<string, string>): NodeJS.ProcessEnv {
  return {
    NODE_ENV: "production",
    PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
    ...environment,
    HOST: "127.0.0.1",
    DATA_DIR: data,
    ...given,
  };
}

/** Runs one command to its end, and returns what it printed and how it ended. */
export async function runInImage(image: Image, words: readonly string[], given: Record<string, string> = {}) {
  const { program, args, options } = confined(image, words);
  return run(program, args, { ...options, env: environmentIn(image, given) }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code: Number(code), stdout: String(stdout), stderr: String(stderr) }),
  );
}

/** Starts the image's command. */
export async function startImage(image: Image, given: Record<string, string>): Promise<OwnServer> {
  const port = await findFreePort();
  const { program, args, options } = confined(image, image.command);
  const env = environmentIn(image, { PORT: String(port), ...given });
  return watchServer(spawn(program, args, { ...options, env, stdio: ["ignore", "pipe", "pipe"] }), port);
}
