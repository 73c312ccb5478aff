import "server-only";

import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import type { DatabaseAddress } from "@/lib/env/database-address";

/** What the driver takes: no TLS, or TLS checked so far. */
type Tls = false | ConnectionOptions;

/** How the next connection is to be made, and what is learned from one that failed. */
export type TlsChoice = {
  next(): Tls;
  /** Tells how a connection with `tried` failed. Returns whether another one, made at once, may not. */
  learn(error: unknown, tried: Tls): boolean;
};

/** Decides about TLS as libpq does for each `sslmode`. Reads the files that the address names, and throws what that throws. */
export function createTlsChoice({ tlsMode, tlsFiles }: DatabaseAddress): TlsChoice {
  const encrypted = tlsMode === "disable" ? false : readTls(tlsMode, tlsFiles);
  const hasChoice = tlsMode === "prefer" || tlsMode === "allow";
  let isEncrypted = tlsMode !== "disable" && tlsMode !== "allow";
  return {
    next: () => (isEncrypted ? encrypted : false),
    learn(error, tried) {
      if (!hasChoice || !(tried === false ? wantsTls(error) : refusesTls(error))) return false;
      isEncrypted = tried === false;
      return true;
    },
  };
}

function readTls(mode: DatabaseAddress["tlsMode"], { ca, cert, key }: DatabaseAddress["tlsFiles"]): ConnectionOptions {
  const files = Object.entries({ ca: ca === "system" ? undefined : ca, cert, key });
  const pem = Object.fromEntries(
    files.flatMap(([name, path]) => (path === undefined ? [] : [[name, readFileSync(path)]])),
  );
  // libpq: with a root certificate at hand, "require" checks as "verify-ca" does.
  const isChecked = mode === "verify-full" || mode === "verify-ca" || (mode === "require" && ca !== undefined);
  const isNameChecked = mode === "verify-full" || (isChecked && ca === "system");
  return {
    ...pem,
    rejectUnauthorized: isChecked,
    ...(isNameChecked ? {} : { checkServerIdentity: () => undefined }),
  };
}

/** The server has no TLS, none that we could speak, or refuses it in `pg_hba.conf`. */
function refusesTls(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return /SSL connection/.test(error.message) || /^(?:28000$|EPROTO|ERR_SSL|ERR_TLS)/.test(code);
}

/** The server refuses connections without TLS, in `pg_hba.conf` (28000, invalid_authorization_specification). */
function wantsTls(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "28000";
}
