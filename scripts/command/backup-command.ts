import { BackupError } from "@/lib/backup/backup-error";
import type { TableSum } from "@/lib/backup/snapshot/snapshot.types";

/** Reads the arguments of a command; what they have that it does not know is refused with how it is called. */
export function readOptions<Options>(usage: string, parse: () => Options): Options {
  try {
    return parse();
  } catch (error) {
    throw new BackupError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

/** Says what was done with a table: its name, its rows, and how its digest begins. */
export function tellTable(name: string, { rows, digest }: TableSum): void {
  console.log(`${name.padEnd(28)}${String(rows).padStart(10)}  ${digest.slice(0, 16)}`);
}
