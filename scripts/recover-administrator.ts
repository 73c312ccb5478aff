// Lets somebody into the portal as an administrator when nobody is left who could. docs/operations.md says when.
import { config } from "@/lib/env/config";
import { parseEnvironment } from "@/lib/env/parse-environment";
import { readEnvironment } from "@/lib/env/read-environment";
import { AppError } from "@/lib/errors/app-error";
import { describeStartFailure } from "@/lib/server/start-failure";
import { recoverAdministrator } from "@/lib/staff/links/recover-administrator";
import { withDatabase } from "./with-database";

const USAGE = "Name one e-mail address: npm run staff:recover -- somebody@example.org";

const REFUSALS: Readonly<Record<string, string>> = {
  invalid: `That is no e-mail address. ${USAGE}`,
  password_not_used: "This member signs in with the organisation, which decides about them. Name another address.",
};

async function run([address, ...more]: readonly string[]): Promise<void> {
  if (address === undefined || more.length > 0) throw new AppError("invalid", "usage");
  await withDatabase(await parseEnvironment(readEnvironment(process.cwd())), async () => {
    const { publicUrl } = config();
    const { email, url, expiresAt } = await recoverAdministrator(address, { now: new Date(), publicUrl });
    console.log(
      `${email} becomes an administrator with this link, once, until ${expiresAt.toISOString()}:\n\n  ${url}\n`,
    );
  });
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  const isRefusal = error instanceof AppError;
  console.error(isRefusal ? (REFUSALS[error.reason] ?? USAGE) : describeStartFailure(error, undefined));
  process.exitCode = 1;
}
