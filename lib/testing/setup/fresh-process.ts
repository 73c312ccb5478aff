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

/** What the files of a worker have started by `lib` and what may still go off. Packages are shared, and theirs stay. */
const STARTED = Symbol.for("test.started-timers");
const shared = globalThis as { [STARTED]?: Set<NodeJS.Timeout> };

function watchTimers(): Set<NodeJS.Timeout> {
  const started = new Set<NodeJS.Timeout>();
  for (const name of ["setTimeout", "setInterval"] as const) {
    const watched = new Proxy(globalThis[name], {
      apply(start, self, parameters) {
        const timer: NodeJS.Timeout = Reflect.apply(start, self, parameters);
        const [caller = ""] = (new Error().stack ?? "").split("\n").slice(2);
        if (caller.includes("/lib/") && !caller.includes("/node_modules/")) started.add(timer);
        return timer;
      },
    });
    Object.assign(globalThis, { [name]: watched });
  }
  return started;
}

// A job in the background would go on with the database of the next file.
shared[STARTED] ??= watchTimers();
for (const timer of shared[STARTED]) clearTimeout(timer);
shared[STARTED].clear();
