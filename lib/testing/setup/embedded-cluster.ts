import { existsSync } from "node:fs";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { inject } from "vitest";

/**
 * An embedded database that is new begins as a copy of one that the same engine has made before: to make one takes five
 * seconds of a core, to copy it one. What is made is the same each time. The first start of a whole server, which is
 * tested in the browser suite, makes its own.
 */
const KEY = Symbol.for("test.embedded-cluster");
const shared = globalThis as { [KEY]?: typeof PGlite.create };

type Options = { loadDataDir?: Blob };

if (shared[KEY] === undefined) {
  const create = PGlite.create.bind(PGlite) as unknown as (where: unknown, options?: Options) => Promise<never>;
  shared[KEY] = PGlite.create;
  PGlite.create = (async (where: unknown, options: Options = {}) => {
    if (typeof where !== "string") return create(where);
    if (where !== "memory://") {
      if (!existsSync(join(where, "PG_VERSION"))) await cp(inject("emptyCluster").folder, where, { recursive: true });
      return create(where, options);
    }
    const loadDataDir = options.loadDataDir ?? new Blob([await readFile(inject("emptyCluster").file)]);
    return create(where, { ...options, loadDataDir });
  }) as unknown as typeof PGlite.create;
}
