import "server-only";

import { type LookupAddress, lookup } from "node:dns";
import type { ClientRequest, IncomingMessage } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { promisify } from "node:util";
import { isErrorNamed } from "@/lib/errors/is-error-named";
import { isPublicAddress } from "@/lib/http/public-address";
import { decodeDocument } from "@/lib/oauth/http/base64";
import { parseJsonObject } from "@/lib/oauth/http/strict-json";
import { type ClientPublicKey, readClientJwk } from "@/lib/oauth/jose/client-key";
import { JwkError } from "@/lib/oauth/jose/jwk";

const TIMEOUT_MS = 3_000;
const BYTES_MAX = 64 * 1024;
const KEYS_MAX = 20;

/** Why published keys could not be read. `reason` is for the log and the staff; nothing of the answer is in it. */
export class JwksFetchError extends Error {
  override readonly name = "JwksFetchError";

  constructor(
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`The published keys could not be read: ${reason}`, options);
  }

  static override [Symbol.hasInstance](thrown: unknown): thrown is JwksFetchError {
    return isErrorNamed(thrown, "JwksFetchError");
  }
}

export type JwksFetchDeps = {
  resolve(hostname: string): Promise<LookupAddress[]>;
  isAllowedAddress(address: string): boolean;
  request(options: RequestOptions, onAnswer: (answer: IncomingMessage) => void): ClientRequest;
  timeoutMs: number;
};

const lookupAll = promisify(lookup);

const production: JwksFetchDeps = {
  resolve: (hostname) => lookupAll(hostname, { all: true, verbatim: true }),
  isAllowedAddress: isPublicAddress,
  request: httpsRequest,
  timeoutMs: TIMEOUT_MS,
};

/**
 * Makes the function that reads the keys a client publishes (RFC 7517 §5). The address is a stranger's to choose, so the
 * request is one that can do no harm: https only, to exactly the address that was resolved and found to be public, so
 * that a second answer of the name server changes nothing; no redirect, no proxy, no credentials; three seconds, 64 KiB
 * and 20 keys at most. Keys of kinds that are not used here are passed over, as RFC 7517 asks; of two with the same kid
 * the first counts. Throws JwksFetchError.
 */
export function createJwksFetcher(overrides: Partial<JwksFetchDeps> = {}) {
  const deps: JwksFetchDeps = { ...production, ...overrides };

  return async function fetchClientJwks(jwksUri: string): Promise<ClientPublicKey[]> {
    const url = new URL(jwksUri);
    if (url.protocol !== "https:") throw new JwksFetchError("not_https");
    const signal = AbortSignal.timeout(deps.timeoutMs);
    try {
      const address = await untilAborted(findAddress(url.hostname, deps), signal);
      return await readKeys(await download(url, address, signal, deps));
    } catch (cause) {
      if (cause instanceof JwksFetchError) throw cause;
      throw new JwksFetchError(signal.aborted ? "timed_out" : "unreachable", { cause });
    }
  };
}

async function findAddress(hostname: string, deps: JwksFetchDeps): Promise<LookupAddress> {
  // A URL shows IPv6 in brackets. A literal needs no name server, and no public key lives at one.
  if (hostname.startsWith("[") || /^[\d.]+$/.test(hostname)) throw new JwksFetchError("address_literal");
  const addresses = await deps.resolve(hostname);
  const [first] = addresses;
  // All of them, not just the first: a name that also leads inside is up to something.
  if (first === undefined || !addresses.every(({ address }) => deps.isAllowedAddress(address))) {
    throw new JwksFetchError("address_not_public");
  }
  return first;
}

function download(url: URL, { address, family }: LookupAddress, signal: AbortSignal, deps: JwksFetchDeps) {
  return new Promise<Uint8Array>((resolve, reject) => {
    const outgoing = deps.request(
      {
        host: address,
        family,
        servername: url.hostname,
        port: url.port === "" ? 443 : Number(url.port),
        path: `${url.pathname}${url.search}`,
        headers: {
          Host: url.host,
          Accept: "application/jwk-set+json, application/json",
          "Accept-Encoding": "identity",
        },
        agent: false,
        signal,
      },
      (answer) => {
        readAnswer(answer).then(resolve, (error: unknown) => {
          outgoing.destroy();
          reject(error);
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end();
  });
}

async function readAnswer(answer: IncomingMessage): Promise<Uint8Array> {
  if (answer.statusCode !== 200) throw new JwksFetchError("status_not_200");
  const [type = ""] = (answer.headers["content-type"] ?? "").toLowerCase().split(";");
  if (!/^application\/(?:[a-z0-9.-]+\+)?json$/.test(type.trim())) throw new JwksFetchError("not_json");
  if ((answer.headers["content-encoding"] ?? "identity") !== "identity") throw new JwksFetchError("encoded");
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError("bytes were expected");
    size += chunk.byteLength;
    if (size > BYTES_MAX) throw new JwksFetchError("too_large");
    chunks.push(chunk);
  }
  if (!answer.complete) throw new JwksFetchError("cut_short");
  return Buffer.concat(chunks);
}

async function readKeys(body: Uint8Array): Promise<ClientPublicKey[]> {
  const members = parseJsonObject(decodeDocument(body) ?? "")?.get("keys");
  if (!Array.isArray(members)) throw new JwksFetchError("malformed");
  if (members.length > KEYS_MAX) throw new JwksFetchError("too_many_keys");
  const keys = new Map<string, ClientPublicKey>();
  for (const member of members) {
    const key = await readClientJwk(member).catch((error: unknown) => {
      if (error instanceof JwkError) return undefined;
      throw error;
    });
    if (key !== undefined && !keys.has(key.publicJwk.kid)) keys.set(key.publicJwk.kid, key);
  }
  return [...keys.values()];
}

/** Name servers cannot be hurried: the wait ends, whatever they do. */
function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
