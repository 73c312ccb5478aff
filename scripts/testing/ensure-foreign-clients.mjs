// The clients of the interoperability tests. Where they cannot be installed those tests are skipped, by name.
import { join } from "node:path";
import { root, step } from "../project.mjs";
import { ensurePackages } from "../setup/ensure-packages.mjs";
import { canInstallPackages, installPackages, listMissingPackages } from "./debian-packages.mjs";
import { listClientPackages } from "./foreign-clients.mjs";

const NOT_INSTALLED = "They were not installed, and their tests are skipped";

/** Installs what is missing, as far as that needs no question. Never rejects. */
export async function ensureForeignClients() {
  const folder = join(root, "e2e", "interop", "spectral");
  await ensurePackages({ folder, title: "Installing Spectral for the interoperability tests" }).catch((error) =>
    console.error(`${NOT_INSTALLED}: ${error.message}`),
  );
  await ensureDebianPackages();
}

/** In one call: as root on Debian. */
async function ensureDebianPackages() {
  if (!canInstallPackages()) return;
  const missing = listMissingPackages(listClientPackages());
  if (missing.length === 0) return;
  try {
    await step("Installing clients for the interoperability tests", () => installPackages(missing));
  } catch (error) {
    console.error(`${NOT_INSTALLED}: ${error.message}`);
  }
}
