import { importsOf } from "./import-graph";
import { DOMAIN_PATH, type Rule, TEST_FILE } from "./rule";

/** Who may import which package. The linter repeats these, so that an editor shows them at once. */
export const PACKAGE_RULES: Record<string, Rule> = {
  "jose belongs to lib/oauth": exclusiveOwner(
    ["jose"],
    /^(?:lib\/oauth\/|e2e\/|bench\/)/,
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
    /^(?:lib\/openid\/|lib\/oauth\/.*\.(?:key-)?interop\.test\.ts$|e2e\/)/,
    "Only lib/openid talks to the provider with which staff sign in. Call what it exports.",
  ),
  "ioredis belongs to lib/server": exclusiveOwner(
    ["ioredis"],
    /^lib\/server\/processes\//,
    "Only lib/server talks to Redis. Count with createRateLimiter or createCounter.",
  ),
  "OpenTelemetry belongs to lib/observability": exclusiveOwner(
    ["api", "core", "exporter-trace-otlp-http", "resources", "sdk-trace"].map((name) => `@opentelemetry/${name}`),
    /^lib\/observability\/tracing\/start-tracing\.ts$/,
    "Its packages are loaded only where traces are collected. Call inSpan.",
  ),
  "Prisma belongs to lib/db and the domains": {
    teaches: "Read and write through a verb of the domain (lib/applications, lib/rooms, …).",
    breaches: (file) =>
      /^(?:lib\/(?:db|testing)\/|prisma\.config\.ts$)/.test(file.path) || DOMAIN_PATH.test(file.path)
        ? []
        : importsOf(file)
            .map(({ specifier }) => specifier)
            .filter((specifier) => specifier.startsWith("@prisma/") || specifier.includes("lib/db/generated")),
  },
  "lib/oauth imports nothing of the application": {
    teaches: "The protocol core is pure: take what you need as a parameter (ports.ts).",
    breaches: (file) =>
      file.path.startsWith("lib/oauth/")
        ? importsOf(file)
            .map(({ specifier }) => specifier)
            .filter((specifier) => !specifier.startsWith("."))
            .filter(
              (specifier) => specifier.startsWith("@/") || !(isPackage(specifier, "jose") || TEST_FILE.test(file.path)),
            )
        : [],
  },
};

/** Builds the rule that only files under `owners` may import the packages in `names`. */
function exclusiveOwner(names: string[], owners: RegExp, teaches: string): Rule {
  return {
    teaches,
    breaches: (file) =>
      owners.test(file.path)
        ? []
        : importsOf(file)
            .map(({ specifier }) => specifier)
            .filter((specifier) => names.some((name) => isPackage(specifier, name))),
  };
}

function isPackage(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(`${name}/`);
}
