import { parseArgs } from "node:util";

export const SECTIONS = ["token", "rooms", "embedded", "floods", "growth", "pages"] as const;
export type SectionName = (typeof SECTIONS)[number];

export type BenchOptions = {
  isQuick: boolean;
  /** Whether docs/performance.md gets the tables. */
  writes: boolean;
  /** Whether a CPU profile of the token endpoint is taken instead of anything else. */
  profiles: boolean;
  sections: readonly SectionName[];
  rounds: number;
  /** Of each row in each round. */
  seconds: number;
  /** How full the database is: 1 is 100 000 applications, 1 000 000 people and rooms, 5 000 000 events and calls. */
  size: number;
};

/** Reads the command line. Throws an Error with one sentence for what it does not understand. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      profile: { type: "boolean", default: false },
      only: { type: "string" },
      rounds: { type: "string" },
      seconds: { type: "string" },
      size: { type: "string" },
    },
  });
  const isQuick = values.quick;
  if (values.write && values.only !== undefined) throw new Error("--write is for a whole run; leave --only away.");
  return {
    isQuick,
    writes: values.write,
    profiles: values.profile,
    sections: values.only === undefined ? SECTIONS : readSections(values.only),
    rounds: readNumber("--rounds", values.rounds, isQuick ? 3 : 5, { min: 1, max: 100, isWhole: true }),
    seconds: readNumber("--seconds", values.seconds, isQuick ? 2 : 8, { min: 1, max: 600, isWhole: false }),
    size: readNumber("--size", values.size, isQuick ? 0.1 : 1, { min: 0.001, max: 10, isWhole: false }),
  };
}

function readSections(text: string): SectionName[] {
  return text.split(",").map((name) => {
    const section = SECTIONS.find((known) => known === name);
    if (section === undefined) throw new Error(`--only takes names out of ${SECTIONS.join(", ")}, with commas.`);
    return section;
  });
}

function readNumber(
  name: string,
  text: string | undefined,
  preset: number,
  { min, max, isWhole }: { min: number; max: number; isWhole: boolean },
): number {
  if (text === undefined) return preset;
  const value = Number(text);
  const isFine = /^\d+(?:\.\d+)?$/.test(text) && value >= min && value <= max && (!isWhole || Number.isInteger(value));
  if (!isFine) throw new Error(`${name} takes a ${isWhole ? "whole number" : "number"} from ${min} to ${max}.`);
  return value;
}
