import { parseArgs } from "node:util";

export type SeedCommand = {
  seed: number;
  /** More applications, for a long list; added to whatever is there. */
  manyApplications: number;
  allowsServer: boolean;
  printsCredentials: boolean;
};

const MANY_MAX = 1_000_000;

/** Reads the command line. Throws an Error with one sentence for what it does not understand. */
export function readSeedArguments(args: string[]): SeedCommand {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: "string", default: "1" },
      applications: { type: "string", default: "0" },
      "database-url": { type: "boolean", default: false },
      "print-credentials": { type: "boolean", default: false },
    },
  });
  return {
    seed: whole("--seed", values.seed, 2 ** 32 - 1),
    manyApplications: whole("--applications", values.applications, MANY_MAX),
    allowsServer: values["database-url"],
    printsCredentials: values["print-credentials"],
  };
}

function whole(name: string, text: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) throw new Error(`${name} takes a whole number from 0 to ${max}.`);
  return value;
}
