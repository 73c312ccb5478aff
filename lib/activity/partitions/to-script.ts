import "server-only";

import type { PartitionStep } from "./plan-partitions";

/** Whoever waits for a lock on `activity` makes every request behind it wait: not for long, and then not at all. */
const LOCK_MS_MAX = 250;

/** Returns the statements of a step, to be sent as one message, which is one transaction. */
export function toScript(step: PartitionStep, lockMsMax = LOCK_MS_MAX): string {
  return [`SET LOCAL lock_timeout = '${lockMsMax}ms'`, ...statementsOf(step)].join(";\n");
}

/** The statements of a step, one by one. */
export function statementsOf(step: PartitionStep): string[] {
  const table = `"${step.name}"`;
  switch (step.kind) {
    case "drop":
      return [`DROP TABLE ${table}`];
    case "index":
      return indexesOf(step.name);
    case "add":
      return [
        `CREATE TABLE ${table} (LIKE "activity" INCLUDING DEFAULTS)`,
        // All that is written along with each row: the time, which rows have in their order anyway.
        `CREATE INDEX "${step.name}_at" ON ${table} USING brin ("at") WITH (pages_per_range = 32, autosummarize = on)`,
        `LOCK TABLE ONLY "activity" IN SHARE UPDATE EXCLUSIVE MODE`,
        `LOCK TABLE "activity_default" IN ACCESS EXCLUSIVE MODE`,
        `WITH "home" AS (DELETE FROM "activity_default" WHERE ${within(step)} RETURNING *)
         INSERT INTO ${table} SELECT * FROM "home"`,
        attach(step),
      ];
    case "merge":
      return [
        // Nothing is lost that comes late: it waits for the partition of the day.
        `LOCK TABLE ${quoted(step.hours)} IN SHARE MODE`,
        // With the check the rows need not be looked through again under the lock of ATTACH.
        `CREATE TABLE ${table} (LIKE "activity" INCLUDING DEFAULTS, CHECK (${within(step)}))`,
        ...step.hours.map((hour) => `INSERT INTO ${table} SELECT * FROM "${hour}"`),
        ...indexesOf(step.name),
        `DROP TABLE ${quoted(step.hours)}`,
        attach(step),
      ];
  }
}

/**
 * For the questions of the portal: what was done and what was refused, by all applications or by one, what was done for a
 * person, one request. Each but the last is in the order of the log.
 */
function indexesOf(name: string): string[] {
  return [
    `CREATE INDEX "${name}_time" ON "${name}" ("at" DESC)`,
    `CREATE INDEX "${name}_refusals" ON "${name}" ("at" DESC) WHERE "reason" IS NOT NULL`,
    `CREATE INDEX "${name}_application" ON "${name}" ("application_id", "at" DESC)`,
    `CREATE INDEX "${name}_refused" ON "${name}" ("application_id", "at" DESC) WHERE "reason" IS NOT NULL`,
    `CREATE INDEX "${name}_person" ON "${name}" ("person_id", "at" DESC) WHERE "person_id" IS NOT NULL`,
    `CREATE INDEX "${name}_request" ON "${name}" ("request_id")`,
  ];
}

function attach({ name, from, to }: { name: string; from: Date; to: Date }): string {
  return `ALTER TABLE "activity" ATTACH PARTITION "${name}" FOR VALUES FROM ('${from.toISOString()}') TO ('${to.toISOString()}')`;
}

function within({ from, to }: { from: Date; to: Date }): string {
  return `"at" >= '${from.toISOString()}' AND "at" < '${to.toISOString()}'`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
