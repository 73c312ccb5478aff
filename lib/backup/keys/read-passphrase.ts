import "server-only";

import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { BackupError } from "@/lib/backup/backup-error";
import { describeFileFailure } from "@/lib/backup/file/describe-file-failure";
import { EnvironmentError } from "@/lib/env/environment-error";
import type { Environment } from "@/lib/env/read-environment";
import { readVariables } from "@/lib/env/read-variables";
import { stripByteOrderMark } from "@/lib/env/strip-byte-order-mark";

const PASSPHRASE_CHARACTERS_MIN = 12;

/** Where somebody may sit who can be asked. */
export type Terminal = { input: NodeJS.ReadableStream & { isTTY?: boolean }; output: NodeJS.WritableStream };

type Sources = { file: string | undefined; environment: Environment; terminal: Terminal };

/**
 * Returns the passphrase of a backup: from the file that was named, from BACKUP_PASSPHRASE or BACKUP_PASSPHRASE_FILE, or from
 * whoever sits at the terminal, and never from the arguments, which every account of the machine can read. `isNew` asks for it
 * twice and refuses a short one. Throws `BackupError` when there is none.
 */
export async function readPassphrase({ file, environment, terminal }: Sources, isNew: boolean): Promise<string> {
  const given = file === undefined ? readVariable(environment) : await readPassphraseFile(file);
  const passphrase = given ?? (await ask(terminal, isNew));
  if (passphrase === "") throw new BackupError("The passphrase is empty.");
  if (isNew && passphrase.length < PASSPHRASE_CHARACTERS_MIN) {
    throw new BackupError(
      `The passphrase is too short: it must have at least ${PASSPHRASE_CHARACTERS_MIN} characters.`,
    );
  }
  return passphrase;
}

function readVariable(environment: Environment): string | undefined {
  const { variables, problems } = readVariables(environment);
  const relevant = problems.filter(({ name }) => name.startsWith("BACKUP_PASSPHRASE"));
  if (relevant.length > 0) throw new EnvironmentError(relevant);
  return variables.BACKUP_PASSPHRASE;
}

async function readPassphraseFile(path: string): Promise<string> {
  try {
    return stripByteOrderMark(await readFile(path, "utf8")).replace(/\r?\n$/, "");
  } catch (error) {
    throw describeFileFailure(error, path);
  }
}

async function ask(terminal: Terminal, isNew: boolean): Promise<string> {
  if (terminal.input.isTTY !== true) {
    throw new BackupError(
      "The keys need a passphrase: set BACKUP_PASSPHRASE or BACKUP_PASSPHRASE_FILE, or name a file with --passphrase-file.",
    );
  }
  const first = await askOnce(terminal, "Passphrase of the keys: ");
  if (isNew && (await askOnce(terminal, "The same again: ")) !== first) {
    throw new BackupError("The two passphrases differ.");
  }
  return first;
}

/** Asks without showing what is typed. */
async function askOnce({ input, output }: Terminal, question: string): Promise<string> {
  output.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true });
  try {
    return await lines.question("");
  } finally {
    lines.close();
    output.write("\n");
  }
}
