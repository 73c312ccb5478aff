import { vi } from "vitest";

/**
 * Files share a worker, because loading the packages anew for each took longer than testing it. The product itself is
 * loaded for each file, and what it keeps for its process stands under these symbols: without them a file begins as a
 * new process would, and cannot pass or fail for what another left behind.
 */
vi.resetModules();
for (const symbol of Object.getOwnPropertySymbols(globalThis)) {
  if (Symbol.keyFor(symbol)?.startsWith("vestibule.")) Reflect.deleteProperty(globalThis, symbol);
}
