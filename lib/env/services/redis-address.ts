import "server-only";

import { ValueError, type ValueParser } from "../value-parsers";

/** `REDIS_URL`, taken apart. What it leaves out is undefined. */
export type RedisAddress = {
  /** A host name or an IP address, IPv6 without brackets. */
  host: string;
  port: number;
  username: string | undefined;
  password: string | undefined;
  database: number;
  /** Whether the connection is encrypted and the certificate of the server verified: `rediss:`. */
  tls: boolean;
};

const EXPECTED =
  "must be redis://user:password@host:port/database, or rediss:// for TLS; in the user name and the password write # as %23, / as %2F, ? as %3F, @ as %40, : as %3A and % as %25";

/** Takes the address of a Redis or Valkey server apart. Throws `ValueError`; no reason repeats any part of it. */
export const redisAddress: ValueParser<RedisAddress> = (value) => {
  const url = /^rediss?:\/\//.test(value) && URL.canParse(value) ? new URL(value) : undefined;
  const [, database] = /^\/?(\d{0,4})$/.exec(url?.pathname ?? "invalid") ?? [];
  if (url === undefined || url.hostname === "" || database === undefined) throw new ValueError(EXPECTED);
  // What follows a question mark or a number sign may be the rest of a password.
  if (/[?#]/.test(value) || url.hostname.includes(",") || url.port === "0") throw new ValueError(EXPECTED);
  return {
    host: decode(url.hostname).replace(/^\[(.*)\]$/, "$1"),
    port: Number(url.port || 6379),
    username: decode(url.username) || undefined,
    password: decode(url.password) || undefined,
    database: Number(database),
    tls: url.protocol === "rediss:",
  };
};

/** Checks the address of a Redis or Valkey server and returns it as it was given. */
export const redisUrl: ValueParser<string> = (value) => {
  redisAddress(value);
  return value;
};

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ValueError(EXPECTED);
  }
}
