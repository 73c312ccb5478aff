import type { SourceFile } from "./source-files";

export type Rule = {
  /** Says what to do instead, because it is what somebody reads whose build just failed. */
  teaches: string;
  /** Returns what breaks the rule in this file, one entry for each breach. */
  breaches(file: SourceFile, all: ReadonlyMap<string, SourceFile>): string[];
};

const DOMAINS = ["applications", "rooms", "people", "audit", "staff", "tokens", "usage"] as const;
const DOMAIN_PATH = new RegExp(`^lib/(${DOMAINS.join("|")})/`);
const CLIENT_SAFE =
  /^lib\/(?:(?:[a-z-]+\/)+[a-z-]+\.(?:schema|types)|applications\/scopes|audit\/audit-event|permissions|actions\/action-result|routes|cn|list\/[a-z-]+|i18n\/[a-z-]+)\.tsx?$/;
const TEST_FILE = /(?:\.test\.tsx?$|^lib\/(?:oauth\/)?testing\/|^e2e\/)/;

/** Returns every module that `text` imports or re-exports, static or dynamic, as written. */
export function importsOf(text: string): string[] {
  const code = withoutComments(text);
  const pattern = /(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+)["']([^"']+)["']/gm;
  return [...code.matchAll(pattern)].map((match) => match[1] ?? "");
}

/** Resolves an import of ours to a file path without extension; undefined for packages. */
export function resolveImport(fromPath: string, specifier: string): string | undefined {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  if (!specifier.startsWith(".")) return undefined;
  const parts = fromPath.split("/").slice(0, -1);
  for (const step of specifier.split("/")) {
    if (step === "..") parts.pop();
    else if (step !== ".") parts.push(step);
  }
  return parts.join("/");
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`])\/\/.*$/gm, "$1");
}

function isPackage(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(`${name}/`);
}

/** Builds the rule that only files under `owners` may import the packages in `names`. */
function exclusiveOwner(names: string[], owners: RegExp, teaches: string): Rule {
  return {
    teaches,
    breaches: (file) =>
      owners.test(file.path)
        ? []
        : importsOf(file.text).filter((specifier) => names.some((name) => isPackage(specifier, name))),
  };
}

/** Builds the rule that files matching `from` import nothing of ours that matches `to`. */
function never(from: RegExp, to: RegExp, teaches: string, except: RegExp = /^$/): Rule {
  return {
    teaches,
    breaches: (file) =>
      !from.test(file.path)
        ? []
        : importsOf(file.text).filter((specifier) => {
            const target = resolveImport(file.path, specifier);
            return target !== undefined && to.test(target) && !except.test(`${target}.ts`);
          }),
  };
}

/** Follows imports from a client component to what reaches the browser; server actions are calls, not code, and end the walk. */
function serverOnlyReachedFrom(file: SourceFile, all: ReadonlyMap<string, SourceFile>): string[] {
  const seen = new Set<string>([file.path]);
  const queue = [file];
  const reached: string[] = [];
  for (let current = queue.pop(); current !== undefined; current = queue.pop()) {
    const runtimeImports = current.text.replace(/^\s*(?:import|export)\s+type\s[^;]*;/gm, "");
    for (const specifier of importsOf(runtimeImports)) {
      const base = resolveImport(current.path, specifier);
      const target = base === undefined ? undefined : (all.get(`${base}.ts`) ?? all.get(`${base}.tsx`));
      if (target === undefined || seen.has(target.path)) continue;
      seen.add(target.path);
      if (/^["']use server["']/.test(target.text)) continue;
      if (importsOf(target.text).includes("server-only")) reached.push(target.path);
      else queue.push(target);
    }
  }
  return reached;
}

export const RULES: Record<string, Rule> = {
  "jose belongs to lib/oauth": exclusiveOwner(
    ["jose"],
    /^(?:lib\/oauth\/|e2e\/)/,
    "Only lib/oauth makes or reads JWTs. Call what it exports.",
  ),
  "argon2 belongs to lib/secrets": exclusiveOwner(
    ["@node-rs/argon2"],
    /^lib\/secrets\//,
    "Only lib/secrets runs Argon2. Call hashSecret or verifySecretHash.",
  ),
  "next-auth belongs to lib/auth": exclusiveOwner(
    ["next-auth", "@auth/core"],
    /^(?:lib\/auth\/|app\/api\/auth\/)/,
    "Only lib/auth knows next-auth. Pages call requireStaff.",
  ),
  "openid-client belongs to lib/openid": exclusiveOwner(
    ["openid-client"],
    /^(?:lib\/openid\/|lib\/oauth\/(?:[a-z-]+\/)?[a-z-]+\.(?:key-)?interop\.test\.ts$|e2e\/)/,
    "Only lib/openid talks to the provider with which staff sign in. Call what it exports.",
  ),
  "Prisma belongs to lib/db and the domains": {
    teaches: "Read and write through a verb of the domain (lib/applications, lib/rooms, …).",
    breaches: (file) =>
      /^(?:lib\/(?:db|testing)\/|prisma\.config\.ts$)/.test(file.path) || DOMAIN_PATH.test(file.path)
        ? []
        : importsOf(file.text).filter(
            (specifier) => specifier.startsWith("@prisma/") || specifier.includes("lib/db/generated"),
          ),
  },
  "process.env belongs to lib/env": {
    teaches: "Read the parsed configuration: config() of lib/env.",
    breaches: (file) =>
      /^(?:lib\/env\/|scripts\/|e2e\/|bench\/|[a-z.]+\.config\.ts$)/.test(file.path)
        ? []
        : (withoutComments(file.text).match(/process\.env\b/g) ?? []),
  },
  "lib/oauth imports nothing of the application": {
    teaches: "The protocol core is pure: take what you need as a parameter (ports.ts).",
    breaches: (file) =>
      !file.path.startsWith("lib/oauth/")
        ? []
        : importsOf(file.text).filter((specifier) => {
            const target = resolveImport(file.path, specifier);
            if (target !== undefined) return !target.startsWith("lib/oauth/");
            return !(isPackage(specifier, "jose") || TEST_FILE.test(file.path));
          }),
  },
  "lib never imports app or components": never(
    /^lib\//,
    /^(?:app|components)\//,
    "Move what both need into lib, or pass it in.",
  ),
  "components never import app": never(/^components\//, /^app\//, "Pass it in as a prop."),
  "components/ui and components/data-table know no domain": never(
    /^components\/(?:ui|data-table)\//,
    DOMAIN_PATH,
    "Generic components take data, not domain words.",
  ),
  "pages, actions and routes reach the database through verbs": never(
    /^(?:app|components)\//,
    /^lib\/(?:db|secrets)\//,
    "Call a verb of a domain, or lib/machine.",
  ),
  "client components reach nothing of the server": {
    teaches: "Import a client-safe file (*.schema.ts, *.types.ts, scopes.ts …) or take the data as a prop.",
    breaches: (file, all) => (/^["']use client["']/.test(file.text) ? serverOnlyReachedFrom(file, all) : []),
  },
  "client components live in components or _components": {
    teaches: "Keep pages and layouts on the server; move the interactive part into _components.",
    breaches: (file) =>
      /^["']use client["']/.test(file.text) &&
      !/^components\/|\/_components\/|(?:^|\/)(?:global-)?error\.tsx$/.test(file.path)
        ? ["use client"]
        : [],
  },
  "server files say so": {
    teaches: 'Start the file with import "server-only", or name it as a client-safe file.',
    breaches: (file) =>
      !/^lib\//.test(file.path) ||
      /^lib\/(?:oauth|secrets|errors)\//.test(file.path) ||
      /^lib\/db\/(?:generated\/|secret-field\/)/.test(file.path) ||
      TEST_FILE.test(file.path) ||
      CLIENT_SAFE.test(file.path) ||
      file.path.endsWith(".d.ts") ||
      importsOf(file.text).includes("server-only")
        ? []
        : ['no import "server-only"'],
  },
  "layouts do not authorise": {
    teaches: "Call requireStaff in the page: a layout is not run again on every navigation.",
    breaches: (file) => (/^app\/.*layout\.tsx$/.test(file.path) ? (file.text.match(/\brequireStaff\b/g) ?? []) : []),
  },
  "every portal page asks for a permission": {
    teaches: "Begin the page with: await requireStaff(permission).",
    breaches: (file) =>
      /^app\/\(portal\)\/.*page\.tsx$/.test(file.path) && !/\brequireStaff\(\s*"/.test(file.text)
        ? ["no requireStaff(…)"]
        : [],
  },
  "every portal route asks for a permission": {
    teaches: 'Export only const METHOD = staffRoute({ permission: "…", run }).',
    breaches: (file) => {
      if (!/^app\/\(portal\)\/.*route\.tsx?$/.test(file.path)) return [];
      const exported = withoutComments(file.text)
        .split(/^(?=export\s)/m)
        .filter((code) => code.startsWith("export"));
      return exported.filter(
        (code) =>
          !/^export const (?:GET|HEAD) = staffRoute\(\{\s*permission: "[a-z:-]+"/.test(code) &&
          !/^export const dynamic = /.test(code),
      );
    },
  },
  "every portal action goes through staffAction": {
    teaches: "Export only const name = staffAction({ permission, schema, run }).",
    breaches: (file) => {
      if (!file.path.startsWith("app/(portal)/") || !/^["']use server["']/.test(file.text)) return [];
      const exported = withoutComments(file.text).match(/^export\s.*$/gm) ?? [];
      return exported.filter(
        (line) => !/^export const \w+ = staffAction\(\{/.test(line) && !/^export type /.test(line),
      );
    },
  },
  "every method of the external API declares its scope": {
    teaches: 'Export only const METHOD = externalRoute({ scope: "…", … }) or the shared answers for other methods.',
    breaches: (file) => {
      if (!/^app\/(?:api\/external|external-api)\/.*route\.ts$/.test(file.path)) return [];
      const code = withoutComments(file.text);
      const functions = code.match(/^export\s+(?:async\s+)?function\s+\w+/gm) ?? [];
      const calls = [...code.matchAll(/(?:external|compatible)Route\(\{([\s\S]*?)\brun\b/g)].map(
        (match) => match[1] ?? "",
      );
      return [
        ...functions,
        ...calls.filter((head) => !/\bscope:\s*(?:"rooms:[a-z]+"|null),/.test(head)).map(() => "no scope"),
      ];
    },
  },
  "names explain": {
    teaches: "Name the file after the one thing it does (verb-noun.ts).",
    breaches: (file) =>
      /(?:^|\/)(?:utils|helpers|common|misc|index|[a-z-]*manager)\.tsx?$/.test(file.path) ? [file.path] : [],
  },
  "files stay under 300 lines": {
    teaches: "Split it where it does two things.",
    breaches: (file) => {
      const lines = file.text.split("\n").length - 1;
      return lines > 300 ? [`${lines} lines`] : [];
    },
  },
  "nothing asks git": {
    teaches: "Start and test work in a source archive, on a machine without git. Read the folders: readSourceFiles().",
    breaches: (file) => file.text.match(/\b(?:exec|spawn|run)\w*\(\s*["'`]git\b/g) ?? [],
  },
  "nothing is skipped, focused or slept for": {
    teaches: "A test that does not run proves nothing, but for skipIfMissing; wait for a condition, not for time.",
    breaches: (file) => {
      if (!TEST_FILE.test(file.path) || /architecture/.test(file.path)) return [];
      const found = file.text.match(/\b(?:it|test|describe)\.(?:only|skip|todo|fixme)\(|waitForTimeout\(/g) ?? [];
      // The one place that skips a test by name, for a client that is not on the machine.
      const named = file.path === "e2e/support/run-client.ts" ? [] : (file.text.match(/\.info\(\)\.\w+\(/g) ?? []);
      return [...found, ...named.filter((call) => /skip|fixme|fail/.test(call))];
    },
  },
};
