import { posix } from "node:path";
import type { SourceFile } from "@/lib/testing/source-files";
import { findCircle, importsOf, type Sources, targetOf, targetsOf } from "./import-graph";
import { DOMAIN_PATH, type Rule, TEST_FILE } from "./rule";

/**
 * The floors of the house, lowest first: a file imports from its own room or from a lower floor, on the ground floor
 * also from its neighbours. docs/architecture.md has the picture.
 */
const FLOORS: readonly (readonly string[])[] = [
  [
    "permissions",
    "time",
    "time-zone",
    "text",
    "make-uuid",
    "random",
    "uuid",
    "routes",
    "version",
    "cn",
    "errors",
    "list",
    "i18n",
    "oauth",
    "secrets",
  ],
  ["env", "http"],
  ["observability"],
  ["db"],
  ["audit", "activity", "openid"],
  ["people", "staff", "usage", "backup"],
  ["rooms"],
  ["applications"],
  ["tokens", "auth"],
  ["machine", "actions"],
  ["developers", "search"],
  ["server"],
  ["components"],
  ["app"],
];
/** Starts everything, so it stands above everything. */
const TOP_FILES = ["server.ts"];

const CLIENT_SAFE =
  /^lib\/(?:(?:[a-z-]+\/)+[a-z-]+\.(?:schema|types)|applications\/scopes|search\/looks-like-secret|audit\/audit-event|permissions|time|time-zone|text|random|uuid|actions\/action-result|routes|cn|list\/[a-z-]+|i18n\/[a-z-]+)\.tsx?$/;

/** Tests and what serves them may look everywhere; scripts and settings are entries of their own. */
const isJudged = ({ path }: SourceFile) =>
  (/^(?:lib|components|app)\//.test(path) || TOP_FILES.includes(path)) && !TEST_FILE.test(path);

const roomOf = (path: string) => (path.startsWith("lib/") ? path.slice(4) : path).replace(/[/.].*$/, "");

const floorOf = (path: string) =>
  TOP_FILES.includes(path) ? FLOORS.length : FLOORS.findIndex((rooms) => rooms.includes(roomOf(path)));

/** Which rooms, and which folders side by side in one room, import each other, whatever the files. */
export const GRAPH_RULES: Record<string, Rule> = {
  "imports go down": {
    teaches: "A file imports from its own room or from a lower floor. Move what both need down, or pass it in.",
    breaches: (file, sources) => {
      if (!isJudged(file)) return [];
      const floor = floorOf(file.path);
      if (floor < 0) return [`lib/${roomOf(file.path)} stands on no floor`];
      return targetsOf(file, sources)
        .filter(({ path }) => roomOf(path) !== roomOf(file.path))
        .filter(({ path }) => floorOf(path) > floor || (floorOf(path) === floor && floor > 0))
        .map(({ path }) => path);
    },
  },
  "no file imports itself, by whatever way round": {
    teaches: "Move what ties the files, often a type, into a file of its own.",
    breaches: (file, sources) => (findCircle(file, (each) => targetsOf(each, sources)) ?? []).map(({ path }) => path),
  },
  "folders side by side in one room form no circle": {
    teaches: "Move what both need into the folder above them.",
    breaches: (file, sources) => {
      if (!isJudged(file) || !file.path.startsWith("lib/")) return [];
      const graph = siblingGraph(sources);
      return findCircle(posix.dirname(file.path), (folder) => graph.get(folder) ?? []) ?? [];
    },
  },
  "the machine API is put together from above": {
    teaches: "Take what you need as a parameter: lib/machine/m2m-*.ts wires the parts, and no part knows the whole.",
    breaches: (file, sources) =>
      /^lib\/machine\/[a-z-]+\//.test(file.path) && !TEST_FILE.test(file.path)
        ? targetsOf(file, sources).flatMap(({ path }) => (/^lib\/machine\/m2m-/.test(path) ? [path] : []))
        : [],
  },
  "components/ui and components/data-table know no domain": {
    teaches: "Generic components take data, not domain words.",
    breaches: (file, sources) =>
      /^components\/(?:ui|data-table)\//.test(file.path)
        ? targetsOf(file, sources).flatMap(({ path }) => (DOMAIN_PATH.test(path) ? [path] : []))
        : [],
  },
  "pages, actions and routes reach the database through verbs": {
    teaches: "Call a verb of a domain, or lib/machine.",
    breaches: (file, sources) =>
      /^(?:app|components)\//.test(file.path) && !TEST_FILE.test(file.path)
        ? targetsOf(file, sources).flatMap(({ path }) => (/^lib\/(?:db|secrets)\//.test(path) ? [path] : []))
        : [],
  },
  "client components reach nothing of the server": {
    teaches: "Import a client-safe file (*.schema.ts, *.types.ts, scopes.ts …) or take the data as a prop.",
    breaches: (file, sources) => (isClientComponent(file) ? serverOnlyReachedFrom(file, sources) : []),
  },
  "client components live in components or _components": {
    teaches: "Keep pages and layouts on the server; move the interactive part into _components.",
    breaches: (file) =>
      isClientComponent(file) && !/^components\/|\/_components\/|(?:^|\/)(?:global-)?error\.tsx$/.test(file.path)
        ? ["use client"]
        : [],
  },
  "server files say so": {
    teaches: 'Start the file with import "server-only", or name it as a client-safe file.',
    breaches: (file) =>
      !/^lib\//.test(file.path) ||
      /^lib\/(?:oauth|secrets|errors)\//.test(file.path) ||
      /^lib\/db\/(?:generated|secret-field)\//.test(file.path) ||
      TEST_FILE.test(file.path) ||
      CLIENT_SAFE.test(file.path) ||
      file.path.endsWith(".d.ts") ||
      isServerOnly(file)
        ? []
        : ['no import "server-only"'],
  },
};

const siblings = new WeakMap<Sources, ReadonlyMap<string, readonly string[]>>();

/** For each folder below a room the folders with the same parent that its files import from. */
function siblingGraph(sources: Sources): ReadonlyMap<string, readonly string[]> {
  const known = siblings.get(sources);
  if (known !== undefined) return known;
  const graph = new Map<string, string[]>();
  for (const file of sources.values()) {
    const folder = posix.dirname(file.path);
    const parent = posix.dirname(folder);
    if (!isJudged(file) || !parent.startsWith("lib/")) continue;
    const imported = targetsOf(file, sources).map(({ path }) => posix.dirname(path));
    const beside = imported.filter((other) => other !== folder && posix.dirname(other) === parent);
    graph.set(folder, [...(graph.get(folder) ?? []), ...beside]);
  }
  siblings.set(sources, graph);
  return graph;
}

function isClientComponent({ text }: SourceFile): boolean {
  return /^["']use client["']/.test(text);
}

function isServerOnly(file: SourceFile): boolean {
  return importsOf(file).some(({ specifier }) => specifier === "server-only");
}

/** Follows imports from a client component to what reaches the browser; server actions are calls, not code, and end the walk. */
function serverOnlyReachedFrom(file: SourceFile, sources: Sources): string[] {
  const seen = new Set([file]);
  for (const current of seen) {
    if (isServerOnly(current)) continue;
    const code = importsOf(current).filter(({ isType }) => !isType);
    for (const target of code.flatMap((found) => targetOf(current, found, sources))) {
      if (!/^["']use server["']/.test(target.text)) seen.add(target);
    }
  }
  return [...seen].filter(isServerOnly).map(({ path }) => path);
}
