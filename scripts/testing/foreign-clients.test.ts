import { expect, it } from "vitest";
import { canInstallPackages, listMissingPackages } from "./debian-packages.mjs";
import { FOREIGN_CLIENTS, listClientPackages } from "./foreign-clients.mjs";

it("names each Debian package of the foreign clients once, so that one call installs them all", () => {
  const packages = listClientPackages();
  expect(packages).toEqual([...new Set(packages)]);
  for (const client of Object.values(FOREIGN_CLIENTS))
    expect(packages).toEqual(expect.arrayContaining(client.packages));
});

it.runIf(canInstallPackages())("asks Debian for what is missing and for nothing that is there", () => {
  expect(listMissingPackages(["no-package-of-this-name", "dpkg"])).toEqual(["no-package-of-this-name"]);
});
