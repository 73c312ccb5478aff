import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { runClient } from "./run-client";

/** Where TypeScript and Biome do not look, and packages are found all the same. */
const FOLDER = ".build/typescript-client";

const GENERATOR = `
import openapiTS, { astToString } from "openapi-typescript";
openapiTS(new URL(process.env.DOCUMENT_URL)).then((declarations) => process.stdout.write(astToString(declarations)));
`;

/** As strict as a program can be. */
const COMPILER_OPTIONS = {
  target: "ES2023",
  lib: ["dom", "esnext"],
  types: ["node"],
  module: "preserve",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  noEmit: true,
};

/** Runs a program to its end and returns what it printed; throws with all of it when it failed. */
async function run(args: string[], environment: Record<string, string> = {}): Promise<string> {
  const { code, stdout, stderr } = await runClient(process.execPath, args, environment);
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
}

/**
 * Generates the types of the document at `documentUrl` with openapi-typescript, whose declarations `program` imports as
 * `./paths`; compiles both with the compiler of this project and runs the program. Returns the JSON that it prints;
 * throws with what the compiler says, or the program.
 */
export async function runTypeScriptClient(
  program: string,
  { documentUrl, environment }: { documentUrl: string; environment: Record<string, string> },
): Promise<unknown> {
  await mkdir(FOLDER, { recursive: true });
  const place = (name: string) => join(FOLDER, name);
  const bundle = { bundle: true, platform: "node", logLevel: "silent" } as const;
  await build({
    ...bundle,
    stdin: { contents: GENERATOR, resolveDir: "." },
    outfile: place("generator.cjs"),
    // It prints with an API that the compiler of this project no longer has.
    alias: { typescript: resolve("e2e/support/typescript-stand-in.mjs") },
  });
  await writeFile(place("paths.ts"), await run([place("generator.cjs")], { DOCUMENT_URL: documentUrl }));
  await writeFile(place("program.ts"), program);
  const settings = { compilerOptions: COMPILER_OPTIONS, files: ["program.ts"] };
  await writeFile(place("tsconfig.json"), JSON.stringify(settings));
  await run(["node_modules/typescript/bin/tsc", "--project", FOLDER]);
  await build({ ...bundle, entryPoints: [place("program.ts")], format: "esm", outfile: place("program.mjs") });
  return JSON.parse(await run([place("program.mjs")], environment));
}
