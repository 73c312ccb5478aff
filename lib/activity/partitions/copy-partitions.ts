import "server-only";

import { type Partition, toRange } from "./plan-partitions";
import { statementsOf } from "./to-script";

/** The statements that make the partitions of another database in an empty table; each list is one message. */
export type PartitionCopy = {
  /** Before the rows come: the tables. */
  before: string[];
  /** Afterwards, when it costs less: the indexes of those that are written no more. */
  after: string[];
};

/**
 * Says how the partitions of another database are made here. Rows of a partition that was not made by the product go to the
 * default one, and housekeeping brings them home.
 */
export function copyPartitions(partitions: readonly Partition[]): PartitionCopy {
  const known = partitions.flatMap((partition) => toRange(partition) ?? []);
  return {
    before: known.flatMap(({ name, from, to }) => statementsOf({ kind: "add", name, from, to })),
    after: known.flatMap(({ name, isDay, isIndexed }) => [
      // A day has what the hours had that it was merged from, but for what they needed while they were written.
      ...(isDay ? [`DROP INDEX "${name}_at"`] : []),
      ...(isIndexed ? statementsOf({ kind: "index", name }) : []),
    ]),
  };
}
