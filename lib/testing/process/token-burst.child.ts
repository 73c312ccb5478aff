// Asks for many tokens at once and says, on standard error, how often it wrote to standard output for them. Nothing is
// measured by the clock: the first write is held until all tokens are there.
import fs from "node:fs";
import { lockDataDirectory } from "@/lib/db/data-directory/data-directory-lock";
import { openDatabase } from "@/lib/db/open-database";
import { setConfig } from "@/lib/env/config";
import { createM2mApi } from "@/lib/machine/m2m-api";
import { createTestClient } from "@/lib/testing/machine/machine-application";
import { obtainToken } from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";

const [dataDirectory = "", tokens = "0"] = process.argv.slice(2);
const STANDARD_OUTPUT = 1;

let writes = 0;
let underWay = 0;
/** The writes that are held; undefined while none is. */
let held: (() => void)[] | undefined;

const write = fs.write as (...args: unknown[]) => void;
const writeSync = fs.writeSync as (...args: unknown[]) => number;
fs.write = ((fd: number, ...rest: unknown[]) => {
  if (fd !== STANDARD_OUTPUT) return write(fd, ...rest);
  writes += 1;
  underWay += 1;
  const report = rest.pop() as (...args: unknown[]) => void;
  const answer = (...args: unknown[]) => {
    underWay -= 1;
    report(...args);
  };
  const begin = () => write(fd, ...rest, answer);
  if (held === undefined) begin();
  else held.push(begin);
}) as typeof fs.write;
fs.writeSync = ((fd: number, ...rest: unknown[]) => {
  if (fd === STANDARD_OUTPUT) writes += 1;
  return writeSync(fd, ...rest);
}) as typeof fs.writeSync;

/** Resolves when nothing is being written. */
async function quiet(): Promise<void> {
  while (underWay > 0) await new Promise(setImmediate);
}

const configuration = testConfig({ environment: "production" });
await lockDataDirectory(dataDirectory, { onLost: () => process.exit(3) });
const { close } = await openDatabase({ databaseUrl: undefined, dataDirectory }, "prisma/migrations");
setConfig(configuration);
const machine = createM2mApi(configuration);
const client = await createTestClient();
await obtainToken(machine, client);
await machine.settled();
await quiet();

writes = 0;
held = [];
await Promise.all(Array.from({ length: Number(tokens) }, () => obtainToken(machine, client)));
const begins = held;
held = undefined;
for (const begin of begins) begin();
await quiet();
process.stderr.write(`wrote ${writes}\n`);
await machine.settled();
await close();
process.exit(0);
