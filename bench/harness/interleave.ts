/**
 * The order in which rows are measured: every row once in a round, and each round begins one row later, so that none
 * always follows the same one.
 */
export function interleave<Row>(rows: readonly Row[], rounds: number): Row[][] {
  return Array.from({ length: rounds }, (_, round) =>
    rows.map((row, place) => rows[(place + round) % rows.length] ?? row),
  );
}
