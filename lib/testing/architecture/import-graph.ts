import { posix } from "node:path";
import { parseSync } from "oxc-parser";
import type { SourceFile } from "@/lib/testing/source-files";

/** One module that a file imports or re-exports, as written. */
export type Import = {
  specifier: string;
  /** Whether the compiler removes it: only types are taken, so it brings no code along. */
  isType: boolean;
};

export type Sources = ReadonlyMap<string, SourceFile>;

const read = new WeakMap<SourceFile, readonly Import[]>();

/** Returns what a TypeScript file imports, static or dynamic, types included. Throws where the file does not parse. */
export function importsOf(file: SourceFile): readonly Import[] {
  const known = read.get(file);
  if (known !== undefined) return known;
  const { module, errors } = parseSync(file.path, file.text);
  if (errors.length > 0) throw new Error(`${file.path} does not parse: ${errors[0]?.message}`);
  const imports = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      isType: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ specifier: moduleRequest.value, isType }] : [],
      ),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
      const literal = /^(["'])(.*)\1$/.exec(file.text.slice(start, end));
      return literal?.[2] === undefined ? [] : [{ specifier: literal[2], isType: false }];
    }),
  ];
  read.set(file, imports);
  return imports;
}

/** Resolves an import of ours to a file path without extension; undefined for packages. */
function resolveImport(fromPath: string, specifier: string): string | undefined {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  return specifier.startsWith(".") ? posix.join(posix.dirname(fromPath), specifier) : undefined;
}

const graphs = new WeakMap<Sources, Map<SourceFile, readonly SourceFile[]>>();

/** The files of ours that a file imports, types included. */
export function targetsOf(file: SourceFile, sources: Sources): readonly SourceFile[] {
  const graph = graphs.get(sources) ?? new Map<SourceFile, readonly SourceFile[]>();
  graphs.set(sources, graph);
  const targets = graph.get(file) ?? importsOf(file).flatMap((found) => targetOf(file, found, sources));
  graph.set(file, targets);
  return targets;
}

/** The file of ours that one import means; empty for packages and for what is no source. */
export function targetOf(file: SourceFile, { specifier }: Import, sources: Sources): SourceFile[] {
  const base = resolveImport(file.path, specifier);
  const target = base && (sources.get(`${base}.ts`) ?? sources.get(`${base}.tsx`) ?? sources.get(base));
  return target ? [target] : [];
}

/** Returns the shortest way from `start` along `next` back to `start`, ends included; undefined when there is none. */
export function findCircle<Node>(start: Node, next: (node: Node) => readonly Node[]): Node[] | undefined {
  const cameFrom = new Map<Node, Node>();
  const queue = [start];
  for (const node of queue) {
    for (const following of next(node)) {
      if (following === start) {
        const way = [start];
        for (let step = node; step !== start; step = cameFrom.get(step) as Node) way.unshift(step);
        return [start, ...way];
      }
      if (cameFrom.has(following)) continue;
      cameFrom.set(following, node);
      queue.push(following);
    }
  }
  return undefined;
}
