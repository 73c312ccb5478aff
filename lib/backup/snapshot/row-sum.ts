import "server-only";

import { createHash } from "node:crypto";
import type { TableSum } from "./snapshot.types";

const MODULUS = 1n << 256n;

/**
 * Adds rows up to what tells their table apart: how many there are, and the sum of their SHA-256 digests, modulo 2^256. Two
 * databases return rows in different orders, and a sum has none.
 */
export function createRowSum(): { add(lines: readonly string[]): void; total(): TableSum } {
  let rows = 0;
  let sum = 0n;
  return {
    add(lines) {
      rows += lines.length;
      for (const line of lines) sum += BigInt(`0x${createHash("sha256").update(line).digest("hex")}`);
    },
    total: () => ({ rows, digest: (sum % MODULUS).toString(16).padStart(64, "0") }),
  };
}

/** Whether two tables hold the same rows. */
export function isSameSum(one: TableSum, other: TableSum): boolean {
  return one.rows === other.rows && one.digest === other.digest;
}
