import { readFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import type { Cores } from "./cores";
import type { Postgres } from "./postgres";

/** Where and with what a run was made, as lines of Markdown. Nothing of it asks the network. */
export function describeMachine(run: {
  cores: Cores;
  postgres: Postgres;
  /** Milliseconds since the epoch. */
  now: number;
  /** The load of others before anything was started, as a share of the server's core. */
  foreignLoad: number;
  command: string;
}): string {
  const { cores, postgres, now, foreignLoad, command } = run;
  const processors = cpus();
  const facts = [
    `${processors.length} × ${processors[0]?.model.trim() ?? "unknown CPU"}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `Node.js ${process.versions.node}`,
    `PostgreSQL ${postgres.version}`,
    new Date(now).toISOString().slice(0, 10),
    `commit ${readCommit() ?? "unknown"}`,
  ];
  return `\`${command}\` · ${facts.join(" · ")}

${describePlacing(cores, postgres)} Before the start others took ${Math.round(foreignLoad * 100)} % of it; load average ${loadavg()[0]?.toFixed(1)}.
`;
}

function describePlacing(cores: Cores, { isPinned }: Postgres): string {
  if (cores === undefined) return "Nothing was held to a core: server, PostgreSQL and load share the whole machine.";
  return isPinned
    ? `Server and PostgreSQL share core ${cores.server}, the load has core ${cores.load}.`
    : `The server has core ${cores.server}, the load core ${cores.load}; PostgreSQL, which was there before, runs where it likes.`;
}

/** Read and not asked for: a source archive has no git. */
function readCommit(folder = ".git"): string | undefined {
  try {
    const head = readFileSync(`${folder}/HEAD`, "utf8").trim();
    const [, ref] = /^ref: (.+)$/.exec(head) ?? [];
    return (ref === undefined ? head : readRef(folder, ref))?.slice(0, 7);
  } catch {
    return undefined;
  }
}

function readRef(folder: string, ref: string): string | undefined {
  try {
    return readFileSync(`${folder}/${ref}`, "utf8").trim();
  } catch {
    const packed = readFileSync(`${folder}/packed-refs`, "utf8");
    return packed.split("\n").find((line) => line.endsWith(` ${ref}`));
  }
}
