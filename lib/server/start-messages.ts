import "server-only";

import type { Config } from "@/lib/env/config";
import { isLoopbackHost } from "@/lib/env/value-parsers";
import { isProxyForgotten } from "./request/proxy-notice";

type WarningSettings = Pick<
  Config,
  "publicUrl" | "host" | "trustedProxyHops" | "workers" | "redisUrl" | "surfaces" | "databaseUrl"
>;
type Newcomer = { email: string; generatedPassword?: string };

const aboutGenerated = (email: string) => [
  "  The password is shown this once and stored only as a hash. It is good for 72 hours; after that:",
  `  npm run staff:recover -- ${email}`,
];

/** What the server says to the person who started it. */
export const startMessages = {
  /** Printed once in the life of an installation. */
  administrator({ email, generatedPassword }: Newcomer, { publicUrl }: Config): string {
    return [
      "",
      "  The first administrator was created.",
      "",
      `    Sign in at   ${publicUrl}/sign-in`,
      `    Email        ${email}`,
      `    Password     ${generatedPassword ?? "the one in ADMIN_PASSWORD"}`,
      ...(generatedPassword === undefined ? [] : ["", ...aboutGenerated(email)]),
      "",
    ].join("\n");
  },

  /** What works and will surprise somebody: a sentence each, with the way out. */
  warnings({ publicUrl, host, trustedProxyHops, workers, redisUrl, surfaces, databaseUrl }: WarningSettings): string[] {
    const isForThisMachine = isLoopbackHost(new URL(publicUrl).hostname);
    const isOpen = host !== "::1" && !isLoopbackHost(host);
    return [
      ...(isForThisMachine && isOpen
        ? [
            `Warning: HOST is ${host}, so other machines can connect, but PUBLIC_URL is ${publicUrl}: nobody can sign in from them. Set PUBLIC_URL to the address that people open.`,
          ]
        : []),
      ...(isProxyForgotten({ publicUrl, trustedProxyHops })
        ? [
            "Warning: PUBLIC_URL is https, so a proxy is in front, but TRUSTED_PROXY_HOPS is 0: everybody counts as one address, and the failed sign-ins of one person lock out all. Set TRUSTED_PROXY_HOPS to the number of proxies.",
          ]
        : []),
      ...(workers > 1 && redisUrl === undefined
        ? [
            `Warning: WORKERS is ${workers}, but REDIS_URL is not set: every limit counts in each worker, so all together allow up to ${workers} times as much. Set REDIS_URL to a Redis in which they count together.`,
          ]
        : []),
      ...(surfaces !== "all" && databaseUrl === undefined
        ? [
            `Warning: SURFACES is ${surfaces}, but the embedded database is open to one process: the other half is nowhere. Set DATABASE_URL to a PostgreSQL server that both halves share, or leave SURFACES out.`,
          ]
        : []),
    ];
  },

  /** The last line of a start. */
  ready({ publicUrl, host, port, surfaces }: Pick<Config, "publicUrl" | "host" | "port" | "surfaces">): string {
    const ready = `Vestibule is ready at ${publicUrl} (listening on ${host} port ${port}).`;
    const signIn = `Sign in at ${publicUrl}/sign-in`;
    switch (surfaces) {
      case "all":
        return `${ready} ${signIn}`;
      case "machine":
        return `${ready} It answers applications only: SURFACES is machine.`;
      case "portal":
        return `${ready} It has the portal only: SURFACES is portal. ${signIn}`;
    }
  },
};
