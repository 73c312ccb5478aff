import type { Snapshot } from "@/lib/backup/snapshot/snapshot.types";

/** Two tables with texts that a careless format would break. */
export const MADE_ROWS: Readonly<Record<string, readonly (readonly (string | null)[])[]>> = {
  applications: [
    ["1", 'line\nbreak, "quotes", \\ and \u2028'],
    ["2", null],
  ],
  rooms: Array.from({ length: 2500 }, (_none, index) => [String(index), `Café ${index} 中`, "{a,b}"]),
};

/** A snapshot that no database has made. `rows` stand in for MADE_ROWS. */
export function makeSnapshot(rows = MADE_ROWS): Snapshot {
  return {
    migrations: ["20261129000000_baseline"],
    tables: [
      { name: "applications", columns: ["id", "name"] },
      { name: "rooms", columns: ["id", "name", "labels"] },
    ],
    activityPartitions: [{ name: "activity_d20261128", isIndexed: true }],
    async *readTable({ name }) {
      const lines = (rows[name] ?? []).map((row) => JSON.stringify(row));
      for (let begin = 0; begin < lines.length; begin += 1000) yield lines.slice(begin, begin + 1000);
    },
  };
}
