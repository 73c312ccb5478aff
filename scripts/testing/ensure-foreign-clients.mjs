// The clients of the interoperability tests. Where they cannot be installed those tests are skipped, by name.
import { step } from "../project.mjs";
import { canInstallPackages, installPackages, listMissingPackages } from "./debian-packages.mjs";
import { listClientPackages } from "./foreign-clients.mjs";

/** Installs what is missing, in one call, where that needs no question: as root on Debian. Never rejects. */
export async function ensureForeignClients() {
  if (!canInstallPackages()) return;
  const missing = listMissingPackages(listClientPackages());
  if (missing.length === 0) return;
  try {
    await step("Installing clients for the interoperability tests", () => installPackages(missing));
  } catch (error) {
    console.error(`They were not installed, and their tests are skipped: ${error.message}`);
  }
}
