// The published types declare these classes for the main entry only, and leave out what wires the WebAssembly module.
declare module "@prisma/schema-engine-wasm/schema_engine_bg" {
  import type { SchemaEngine as Engine } from "@prisma/schema-engine-wasm";

  type ConstructorOptions = { datamodels: [string, string][] | undefined };
  export const SchemaEngine: {
    new: (options: ConstructorOptions, log: (message: string) => void, adapter: unknown) => Promise<Engine>;
  };
  export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
}
