import "server-only";

import { parseArgs } from "node:util";
import { pathExists } from "@/lib/env/path-exists";
import type { Environment } from "@/lib/env/read-environment";
import { integer, oneOf, ValueError } from "@/lib/env/value-parsers";
import { SIGNING_ALGORITHMS } from "@/lib/oauth/jose/signing-key";
import {
  type KeyRotation,
  type KeyRotationOptions,
  PUBLISH_AHEAD_SECONDS,
  rotateSigningKeys,
} from "@/lib/oauth/key-rotation";
import { loadSigningKeys } from "./find-signing-keys";
import { replaceKeyFile, withKeyFileLock } from "./rewrite-key-file";
import { readSigningKeyFile } from "./signing-keys";

export type RotationCommand = Omit<KeyRotationOptions, "now"> & {
  /** Where a set that was given by the environment is written to; without it the set is printed. */
  out?: string | undefined;
};

/** What the operator is told, and the new set when there is no file that it was written to. */
export type RotationReport = { lines: string[]; jwkSet?: string };

/**
 * Reads the arguments of the command: `--alg ES256|RS256|Ed25519`, `--now` or `--publish-ahead SECONDS`,
 * `--replace-all`, `--out FILE`. Throws ValueError with a sentence for the operator.
 */
export function readRotationArguments(args: readonly string[]): RotationCommand {
  const { values } = parseArguments(args);
  if (values.now === true && values["publish-ahead"] !== undefined) {
    throw new ValueError("Give either --now or --publish-ahead.");
  }
  const seconds = values.now === true ? "0" : (values["publish-ahead"] ?? String(PUBLISH_AHEAD_SECONDS));
  return {
    alg: named("--alg", () => oneOf(...SIGNING_ALGORITHMS)(values.alg ?? "ES256")),
    publishAheadSeconds: named("--publish-ahead", () => integer(0, 7 * 86_400)(seconds)),
    replaceAll: values["replace-all"] === true,
    out: values.out,
  };
}

/**
 * Rotates the signing keys where the server finds them. The file in the data directory is replaced in one step, and a
 * running server takes it up by itself; a set given by the environment is written to `out` or returned. Throws
 * ValueError or EnvironmentError for what the operator can mend.
 */
export async function rotateConfiguredKeys(
  environment: Environment,
  { out, ...options }: RotationCommand,
  now: Date,
): Promise<RotationReport> {
  const source = await loadSigningKeys(environment);
  if ("given" in source) {
    const rotation = await rotateSigningKeys(source.given, { ...options, now });
    const jwkSet = serialise(rotation);
    if (out === undefined) return { lines: [...summarise(rotation), PRINTED], jwkSet };
    await replaceKeyFile(out, jwkSet);
    return { lines: [...summarise(rotation), `The new set is in ${out}. Give it to every instance.`] };
  }
  if (out !== undefined) throw new ValueError("--out is for keys given by TOKEN_SIGNING_KEYS.");
  const { file } = source;
  if (!(await pathExists(file)))
    throw new ValueError(`${file} does not exist: the first start of the server makes it.`);
  return withKeyFileLock(file, async () => {
    const rotation = await rotateSigningKeys(await readSigningKeyFile(file, "development"), { ...options, now });
    await replaceKeyFile(file, serialise(rotation));
    return { lines: [...summarise(rotation), `${file} was replaced. A running server takes it up within seconds.`] };
  });
}

const PRINTED = "The new set follows. Keep it where TOKEN_SIGNING_KEYS comes from, and give it to every instance.";

function serialise({ jwkSet }: KeyRotation): string {
  return `${JSON.stringify(jwkSet)}\n`;
}

/** Kids are public; nothing else of a key is shown. */
function summarise({ added, removed, jwkSet }: KeyRotation): string[] {
  const kept = jwkSet.keys.length - 1;
  return [
    `Added ${added.alg} key ${added.kid}. It signs from ${added.signsFrom.toISOString()}.`,
    `Kept ${kept} older ${kept === 1 ? "key" : "keys"} to verify with.`,
    ...removed.map((kid) => `Removed key ${kid}.`),
  ];
}

function parseArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        alg: { type: "string" },
        now: { type: "boolean" },
        "publish-ahead": { type: "string" },
        "replace-all": { type: "boolean" },
        out: { type: "string" },
      },
    });
  } catch (error) {
    // Its message names the option and says what to do.
    throw new ValueError(error instanceof Error ? error.message : String(error));
  }
}

function named<Value>(option: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw error instanceof ValueError ? new ValueError(`${option} ${error.message}.`) : error;
  }
}
