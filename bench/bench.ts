import type { Cores } from "./harness/cores";
import type { Postgres } from "./harness/postgres";
import type { Vestibule } from "./harness/vestibule";
import type { BenchOptions } from "./options";

/** What every section of a run gets. */
export type Bench = {
  options: BenchOptions;
  cores: Cores;
  postgres: Postgres;
  /** The product on PostgreSQL with as many applications as `options.size` says, started once for all sections. */
  vestibule: Vestibule;
  /** The product's database. */
  databaseUrl: string;
  /** Shows what is being done. */
  say(text: string): void;
};

/** A part of a run. Returns its Markdown, and starts and ends what it needs besides the product. */
export type Section = (bench: Bench) => Promise<string>;
