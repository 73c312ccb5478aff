// What of other people is in the folder for production: as a bill of materials (CycloneDX 1.6), and with their licences.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root, StepError } from "../project.mjs";
import { isAllowedLicence } from "./licences.mjs";

const PACKAGE = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
const LICENCE = /^(?:licen[cs]e|notice|copying)/i;

/**
 * Writes `sbom.json` and `THIRD-PARTY-NOTICES` into `folder`, which is assembled: of each package whose files are there, and of
 * each that was bundled into ours. Rejects when the licence of one is not allowed.
 */
export async function writeBillOfMaterials(folder) {
  const { packages } = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  const paths = new Set([...(await listPackageFolders(folder)), ...(await listBundledPackages(folder, packages))]);
  const read = await Promise.all([...paths].sort().map((path) => readComponent(path, packages[path])));
  // npm lays some packages in several places.
  const components = [...new Map(read.map((each) => [`${each.name}@${each.version}`, each])).values()];
  const refused = components.filter(({ licence }) => !isAllowedLicence(licence));
  if (refused.length > 0) {
    const named = refused.map(({ name, licence }) => `${name} (${licence})`).join(", ");
    throw new StepError(`These licences are on no list of ours (scripts/image/licences.mjs): ${named}.`);
  }
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  await Promise.all([
    writeFile(join(folder, "sbom.json"), `${JSON.stringify(toCycloneDx(manifest, components), null, 2)}\n`),
    writeFile(join(folder, "THIRD-PARTY-NOTICES"), toNotices(components)),
  ]);
}

/** The packages, as package-lock.json names them, that have files in the folder. */
async function listPackageFolders(folder) {
  const files = await readdir(join(folder, "node_modules"), { recursive: true });
  return files
    .map((name) => `node_modules/${name.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith("/package.json") && PACKAGE.exec(path)?.[0] === path.slice(0, -13))
    .map((path) => path.slice(0, -13));
}

/** Those whose code is in a bundle: the map of each says what it was made of. */
async function listBundledPackages(folder, packages) {
  const lists = await Promise.all(
    [".next", ".build"].map(async (name) => {
      const files = await readdir(join(folder, name), { recursive: true });
      return files.filter((file) => file.endsWith(".map")).map((file) => join(folder, name, file));
    }),
  );
  const found = new Set();
  for (const path of lists.flat()) {
    const { sources = [], sections = [] } = JSON.parse(await readFile(path, "utf8"));
    for (const source of [sources, ...sections.map(({ map }) => map.sources)].flat()) {
      const [place] = /node_modules\/.*/.exec(decodeURI(source).replaceAll("%40", "@")) ?? [];
      const named = PACKAGE.exec(place ?? "")?.[0] ?? "";
      for (const path of toLocked(named, packages)) found.add(path);
    }
  }
  return found;
}

/**
 * Some packages bring maps of their own, by which a file seems to lie one folder above its package: then every package of that
 * scope is meant, and the one in whose folder they are.
 */
function toLocked(path, packages) {
  if (packages[path] !== undefined) return path === "" ? [] : [path];
  const [, scope] = /^(.*\/@[^/]+)\/[^/]+$/.exec(path) ?? [];
  const outer = path.slice(0, Math.max(path.lastIndexOf("/node_modules/"), 0));
  return Object.keys(packages).filter(
    (each) =>
      each !== "" &&
      (each === outer ||
        (scope !== undefined && each.startsWith(`${scope}/`) && !each.slice(scope.length + 1).includes("/"))),
  );
}

async function readComponent(path, locked) {
  const text = await readFile(join(root, path, "package.json"), "utf8").catch(() => {
    throw new StepError(`${path} is in the folder for production and not in node_modules: run npm ci.`);
  });
  const { name, version, license } = JSON.parse(text);
  const names = (await readdir(join(root, path))).filter((each) => LICENCE.test(each)).sort();
  const texts = await Promise.all(names.map((each) => readFile(join(root, path, each), "utf8").catch(() => "")));
  const licence = locked?.license ?? license;
  return {
    name,
    version,
    licence,
    integrity: locked?.integrity,
    texts: texts.map((each) => each.trim()).filter(Boolean),
  };
}

function toCycloneDx({ name, version, description, license }, components) {
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: { type: "application", "bom-ref": name, name, version, description, licenses: licencesOf(license) },
    },
    components: components.map((component) => {
      const purl = `pkg:npm/${component.name.replace("@", "%40")}@${component.version}`;
      return {
        type: "library",
        "bom-ref": purl,
        name: component.name,
        version: component.version,
        purl,
        licenses: licencesOf(component.licence),
        ...(component.integrity?.startsWith("sha512-") && {
          hashes: [{ alg: "SHA-512", content: Buffer.from(component.integrity.slice(7), "base64").toString("hex") }],
        }),
      };
    }),
  };
}

function licencesOf(licence) {
  return [/ /.test(licence) ? { expression: licence.replace(/^\((.*)\)$/, "$1") } : { license: { id: licence } }];
}

function toNotices(components) {
  const parts = components.map(({ name, version, licence, texts }) =>
    [
      `${name} ${version} (${licence})`,
      ...(texts.length > 0 ? texts : ["It comes without a text of its licence."]),
    ].join("\n\n"),
  );
  return `Vestibule contains the following packages, unchanged or as parts of its own files.\n\n${parts.join(`\n\n${"-".repeat(78)}\n\n`)}\n`;
}
