// Puts a new key in front of the token signing keys, also while the server runs. docs/operations.md explains the
// options.
import { EnvironmentError } from "@/lib/env/environment-error";
import { KeyFileBusyError } from "@/lib/env/keys/rewrite-key-file";
import { readRotationArguments, rotateConfiguredKeys } from "@/lib/env/keys/rotate-signing-keys";
import { readEnvironment } from "@/lib/env/read-environment";
import { ValueError } from "@/lib/env/value-parsers";
import { SigningKeyError } from "@/lib/oauth/jose/signing-key";

const EXPECTED = [EnvironmentError, KeyFileBusyError, SigningKeyError, ValueError];

try {
  const command = readRotationArguments(process.argv.slice(2));
  const { lines, jwkSet } = await rotateConfiguredKeys(readEnvironment(process.cwd()), command, new Date());
  // Only the keys go to standard output, so that they can be piped to where secrets are kept.
  const tell = jwkSet === undefined ? console.log : console.error;
  for (const line of lines) tell(line);
  if (jwkSet !== undefined) process.stdout.write(jwkSet);
} catch (error) {
  console.error(EXPECTED.some((kind) => error instanceof kind) && error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
