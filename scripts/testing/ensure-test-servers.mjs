// Servers that tests start for themselves. Where one is missing its tests are skipped, by name.
import { step } from "../project.mjs";
import { canInstallPackages, installPackages, listMissingPackages } from "./debian-packages.mjs";
import { fetchPrograms } from "./unpacked-programs.mjs";

/** What Debian calls them. */
const TEST_SERVER_PACKAGES = ["redis-server", "pgbouncer"];

/** Installs what is missing, in one call, as root on Debian and nowhere else, and unpacks programs. Never rejects. */
export async function ensureTestServers() {
  await fetchPrograms().catch((error) => {
    console.error(`A program could not be fetched, and its tests are skipped: ${error.message}`);
  });
  if (!canInstallPackages()) return;
  const missing = listMissingPackages(TEST_SERVER_PACKAGES);
  if (missing.length === 0) return;
  try {
    await step("Installing servers for the integration tests", () => installPackages(missing));
  } catch (error) {
    console.error(`They were not installed, and their tests are skipped: ${error.message}`);
  }
}
