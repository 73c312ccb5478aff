// Compares the audit log with its chain of hashes. docs/operations.md says when, and what each answer means.
import { type ChainFault, type ChainReport, verifyAuditChain } from "@/lib/audit/chain/verify-audit-chain";
import { parseEnvironment } from "@/lib/env/parse-environment";
import { readEnvironment } from "@/lib/env/read-environment";
import { describeStartFailure } from "@/lib/server/start-failure";
import { withDatabase } from "./command/with-database";

const USAGE =
  "npm run audit:verify, or npm run audit:verify -- --head HEAD with a head of 64 hex digits that you have kept.";

const FAULTS: Readonly<Record<ChainFault, string>> = {
  events_changed: "an event of this hour is not the one that was written",
  events_missing: "events of this hour are missing",
  events_added: "this hour has events that were not there when its link was made",
  link_changed: "the link of this hour, or the one before it, is not the one that was made",
  head_unknown:
    "the head that you have kept is no head of this chain: the chain was made anew, or is that of another installation",
};

function sentencesOf({ hours, events, keptSince, head, fault }: ChainReport): string {
  const fits =
    head === undefined
      ? "There is no link yet: the first is made when an hour with events is over."
      : `${events} events in ${hours} hours fit${keptSince === undefined ? "" : `, from ${keptSince.toISOString()}`}. Head at the hour of ${head.hour.toISOString()}:\n\n  ${head.head}\n`;
  if (fault === undefined) return fits;
  const where = fault.hour === undefined ? "" : `${fault.hour.toISOString()}: `;
  return `${fits}\nThe audit log does not fit its chain. ${where}${FAULTS[fault.kind]}.`;
}

async function verify(knownHead: string | undefined): Promise<void> {
  await withDatabase(await parseEnvironment(readEnvironment(process.cwd())), async () => {
    const report = await verifyAuditChain(knownHead === undefined ? {} : { knownHead });
    if (report.fault !== undefined) process.exitCode = 1;
    console.log(sentencesOf(report));
  });
}

try {
  const [option, head, ...more] = process.argv.slice(2);
  const isUsable =
    option === undefined || (option === "--head" && /^[0-9a-f]{64}$/.test(head ?? "") && more.length === 0);
  if (isUsable) await verify(head);
  else {
    console.error(USAGE);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(describeStartFailure(error, undefined));
  process.exitCode = 1;
}
