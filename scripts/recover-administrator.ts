// Lets somebody into the portal as an administrator when nobody is left who could. docs/operations.md says when.
import { SYSTEM } from "@/lib/audit/actor";
import { config } from "@/lib/env/config";
import { parseEnvironment } from "@/lib/env/parse-environment";
import { readEnvironment } from "@/lib/env/read-environment";
import { AppError } from "@/lib/errors/app-error";
import type { AppReason } from "@/lib/errors/app-reason";
import { describeStartFailure } from "@/lib/server/start-failure";
import { recoverAdministrator } from "@/lib/staff/links/recover-administrator";
import { withDatabase } from "./command/with-database";

const USAGE = "Name one e-mail address: npm run staff:recover -- somebody@example.org";

const REFUSALS: Readonly<Partial<Record<AppReason, string>>> = {
  invalid: `That is no e-mail address. ${USAGE}`,
  password_not_used: "This member signs in with the organisation, which decides about them. Name another address.",
};

async function recover(address: string): Promise<void> {
  await withDatabase(await parseEnvironment(readEnvironment(process.cwd())), async () => {
    const ctx = { actor: SYSTEM, now: () => new Date(), config: config() };
    const { email, url, expiresAt } = await recoverAdministrator(ctx, address);
    console.log(
      `${email} becomes an administrator with this link, once, until ${expiresAt.toISOString()}:\n\n  ${url}\n`,
    );
  });
}

function fail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}

try {
  const [address, ...more] = process.argv.slice(2);
  if (address === undefined || more.length > 0) fail(USAGE);
  else await recover(address);
} catch (error) {
  fail(error instanceof AppError ? (REFUSALS[error.reason] ?? USAGE) : describeStartFailure(error, undefined));
}
