import "server-only";

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";

const require = createRequire(import.meta.url);

type Bindings = typeof import("@prisma/schema-engine-wasm/schema_engine_bg");

// The bindings keep one WebAssembly instance in a module that lives as long as the process. A second one would take its
// place, and what the first left to be freed would be freed in the memory of the second: not even a file that is loaded
// anew, as bundles and tests do, may load them again.
const KEY = Symbol.for("@prisma/schema-engine-wasm");
const shared = globalThis as { [KEY]?: Promise<Bindings> };

/**
 * Starts Prisma's schema engine as WebAssembly inside this process, connected through a driver adapter.
 *
 * The native engine is a binary that the Prisma CLI downloads when it first runs; this one ships inside an npm package,
 * so migrations work on a closed network and on the embedded database, which no separate process may open.
 */
export async function startSchemaEngine(adapterFactory: SqlMigrationAwareDriverAdapterFactory): Promise<SchemaEngine> {
  shared[KEY] ??= loadBindings();
  const { SchemaEngine: Engine } = await shared[KEY];
  return Engine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(adapterFactory));
}

async function loadBindings(): Promise<Bindings> {
  // The package's main entry imports the .wasm file as a module, which Node.js does not do: wire it by hand.
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const packageFolder = dirname(require.resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
  const bytes = await readFile(join(packageFolder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, {
    // The module's exports are exactly the functions that the WebAssembly file imports, which its types do not say.
    "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bindings;
}
