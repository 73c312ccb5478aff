// Loaded into the product before it starts (--import). SIGUSR2 starts a CPU profile; the next one ends it and writes it to
// the file that BENCH_PROFILE names. From inside, because the start of the server must not be in it.
import { renameSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";

const session = new Session();
session.connect();
let isRunning = false;

process.on("SIGUSR2", async () => {
  isRunning = !isRunning;
  if (isRunning) {
    await session.post("Profiler.enable");
    await session.post("Profiler.start");
    return;
  }
  const { profile } = await session.post("Profiler.stop");
  const path = process.env.BENCH_PROFILE;
  // Whoever waits for the file finds all of it.
  writeFileSync(`${path}.part`, JSON.stringify(profile));
  renameSync(`${path}.part`, path);
});
