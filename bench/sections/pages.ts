import type { Bench } from "../bench";
import { portalStatements, scaled } from "../data/bulk-rows";
import { signIn } from "../harness/staff-browser";
import { summarise } from "../report/statistics";
import { toFigure, toSpread, toTable } from "../report/table";

/** `{application}` is one that has done a great deal. */
const PAGES = [
  "/",
  "/applications",
  "/applications?q=calendar+4",
  "/applications?q=nothing+like+it",
  "/people",
  "/people?q=somebody.77",
  "/people?q=nothing+like+it",
  "/rooms",
  "/rooms?q=meeting+ab",
  "/rooms?q=nothing+like+it",
  "/applications/{application}/activity",
  "/applications/{application}/activity?outcome=refused&range=24h",
  "/applications/{application}/activity/by-day",
  "/activity",
  "/audit",
  "/audit?request=bench-call-1",
  "/delegation",
];

/** The portal's pages on a full database. They are opened one after the other: it is the server's time that counts. */
export async function measurePages(bench: Bench): Promise<string> {
  const { options, postgres, databaseUrl, vestibule, say } = bench;
  const counts = scaled(options.size);
  say(
    `filling the database: ${counts.people} people, ${counts.rooms} rooms, ${counts.auditEvents} events, ${counts.calls} calls`,
  );
  await postgres.run(databaseUrl, portalStatements(counts, new Date()));
  const browser = await signIn(vestibule);
  const rounds = Math.max(options.rounds, 3);
  const rows: string[][] = [];
  const application = vestibule.fixtures.applications[0]?.applicationId ?? "";
  for (const page of PAGES) {
    const path = page.replace("{application}", application);
    // The first time compiles the page, and reads what PostgreSQL has not in memory.
    await browser.open(path);
    const times = [];
    for (let round = 0; round < rounds; round += 1) times.push(await browser.open(path));
    const whole = summarise(times.map((time) => time.whole));
    const firstByte = summarise(times.map((time) => time.firstByte));
    const bytes = summarise(times.map((time) => time.bytes));
    rows.push([`\`${page}\``, toSpread(whole), toFigure(firstByte.median), toFigure(bytes.median / 1_000)]);
  }
  return `### Pages of the portal

${toFigure(counts.applications)} applications, ${toFigure(counts.people)} people, ${toFigure(counts.rooms)} rooms, ${toFigure(counts.auditEvents)} events in the audit log, ${toFigure(counts.calls)} rows of activity.

${toTable(["", "whole page, ms", "first byte, ms", "kB"], rows)}
`;
}
