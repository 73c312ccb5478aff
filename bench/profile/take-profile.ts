import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { applicationStatements, scaled } from "../data/bulk-rows";
import type { Cores } from "../harness/cores";
import { type LoadJob, runLoad } from "../harness/load";
import type { Postgres } from "../harness/postgres";
import { startVestibule, type Vestibule } from "../harness/vestibule";
import { vestibuleRow } from "../harness/vestibule-row";
import { obtainTokens } from "../harness/vestibule-tokens";
import { CONNECTIONS, roomRequests } from "../load/requests";
import type { BenchOptions } from "../options";
import { type GroupedProfile, groupProfile, type Share } from "./group-profile";
import { createSourceLocator } from "./source-locator";

const WARM_UP_SECONDS = 10;
const PROFILE_SECONDS = 10;
const FUNCTIONS_SHOWN = 30;
const SHARE_SHOWN_MIN = 0.005;

/** What is profiled, and what one answer of it is called. */
const PROFILED = { token: "token", rooms: "room that is created" } as const;

/**
 * Profiles the product while it issues tokens, or with `--only=rooms` while it creates rooms, and returns where the time
 * goes as Markdown lists.
 */
export async function takeProfile(options: BenchOptions, cores: Cores, postgres: Postgres): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "vestibule-bench-profile-"));
  const path = join(folder, "token.cpuprofile");
  const vestibule = await startVestibule({
    cores,
    databaseUrl: await postgres.createDatabase("vestibule"),
    fill: (url) => postgres.run(url, applicationStatements(scaled(options.size).applications)),
    settings: { BENCH_PROFILE: path },
    nodeOptions: ["--import", "./bench/profile/preload.mjs"],
  });
  try {
    const profiled = options.sections.includes("token") ? "token" : "rooms";
    const job = await jobOf(profiled, vestibule);
    await runLoad({ ...job, seconds: WARM_UP_SECONDS }, cores);
    process.kill(vestibule.pid, "SIGUSR2");
    const { latencies } = await runLoad({ ...job, seconds: PROFILE_SECONDS }, cores);
    process.kill(vestibule.pid, "SIGUSR2");
    while (!existsSync(path)) await wait(100);
    const grouped = groupProfile(JSON.parse(readFileSync(path, "utf8")), createSourceLocator());
    return toLists(grouped, { answers: latencies.length, name: PROFILED[profiled] });
  } finally {
    await vestibule.stop();
    rmSync(folder, { recursive: true });
  }
}

async function jobOf(profiled: keyof typeof PROFILED, vestibule: Vestibule): Promise<Omit<LoadJob, "seconds">> {
  if (profiled === "token") return vestibuleRow({ vestibule }).job;
  const requests = roomRequests("POST", await obtainTokens(vestibule, vestibule.fixtures.people));
  return { origin: vestibule.origin, connections: CONNECTIONS, requests, expected: 201 };
}

/** The lists of a profile, without what is hardly there. */
export function toLists(
  { groups, functions }: GroupedProfile,
  { answers, name }: { answers: number; name: string },
): string {
  const list = (shares: readonly Share[]) =>
    shares.map(({ name, share }) => `- ${(share * 100).toFixed(1)} % ${name}`).join("\n");
  return `### Where the time of a ${name} goes

Self time of the JavaScript thread, over ${answers} answers.

${list(groups.filter(({ share }) => share >= SHARE_SHOWN_MIN))}

The functions with the most of it:

${list(functions.slice(0, FUNCTIONS_SHOWN))}
`;
}
