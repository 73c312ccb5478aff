/** A CPU profile as V8 writes it (Chrome DevTools Protocol, `Profiler.Profile`); what is needed of it. */
export type CpuProfile = {
  nodes: { id: number; callFrame: CallFrame }[];
  /** The node in which each sample was taken, and the microseconds since the one before. */
  samples: number[];
  timeDeltas: number[];
};

export type CallFrame = {
  functionName: string;
  /** Empty for what V8 itself does. */
  url: string;
  /** Both from zero. */
  lineNumber: number;
  columnNumber: number;
};

/** A share of the time that was worked, 0 to 1. */
export type Share = { name: string; share: number };
export type GroupedProfile = { groups: Share[]; functions: Share[] };

/**
 * Adds up where the time went, by package and by function, the largest first; time in which nothing was to do is left
 * out. `locate` says in which source file a frame stands: what runs is bundled.
 */
export function groupProfile(profile: CpuProfile, locate: (frame: CallFrame) => string): GroupedProfile {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const [groups, functions] = [new Map<string, number>(), new Map<string, number>()];
  let total = 0;
  for (const [index, id] of profile.samples.entries()) {
    const frame = frames.get(id);
    const microseconds = profile.timeDeltas[index] ?? 0;
    if (frame === undefined || frame.functionName === "(idle)") continue;
    const path = frame.url === "" ? "" : locate(frame);
    const group = groupOf(frame, path);
    total += microseconds;
    add(groups, group, microseconds);
    add(functions, nameOf(frame, path, group), microseconds);
  }
  return { groups: toShares(groups, total), functions: toShares(functions, total) };
}

/** The package, the folder of lib, or the part of Node.js to which a path belongs. */
export function groupOf({ functionName }: Pick<CallFrame, "functionName">, path: string): string {
  if (path === "") return functionName === "(garbage collector)" ? "V8: garbage collector" : "V8 and native code";
  if (path.startsWith("node:")) return "node internals";
  const [, found] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  if (found !== undefined) return found.startsWith("@prisma/") ? "prisma" : found;
  const [, bundled] = /^webpack:\/\/([a-z][^/]*)\//.exec(path) ?? [];
  if (bundled !== undefined && bundled !== "_N_E") return bundled;
  // Prisma's packages bring source maps of their own, in which they stand without their names.
  if (/lib\/db\/generated\/|client-engine-runtime\/|(?:^|\/)src\/runtime\/core\//.test(path)) return "prisma";
  const [, own] = /(?:^|\/)((?:lib\/[a-z-]+|app|server\.ts)(?=[/.]|$))/.exec(path) ?? [];
  return own === undefined ? "other" : `our ${own}`;
}

function nameOf({ functionName }: CallFrame, path: string, group: string): string {
  const name = functionName === "" ? "(anonymous)" : functionName;
  const file = path.replace(/^.*node_modules\/(?:@[^/]+\/)?[^/]+\//, "").replace(/^.*\/(?=(?:lib|app)\/)/, "");
  return file === ""
    ? `${name}`
    : `${name} · ${file}${group.startsWith("our ") || group === "node internals" ? "" : ` (${group})`}`;
}

function add(sums: Map<string, number>, name: string, value: number): void {
  sums.set(name, (sums.get(name) ?? 0) + value);
}

function toShares(sums: Map<string, number>, total: number): Share[] {
  return [...sums]
    .map(([name, microseconds]) => ({ name, share: microseconds / total }))
    .sort((one, other) => other.share - one.share);
}
