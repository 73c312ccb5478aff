// A second opinion for the property tests: what the header and the claims of one of our tokens must be, as plain lists.
import { SOUND_PAYLOAD } from "./forge-token";
import { asciiLower } from "./naive-encodings";
import { NOW_SECONDS } from "./token-endpoint-doubles";

type Members = Readonly<Record<string, unknown>>;

const LEEWAY = 5;
const HOUR = 3600;

/** Whether a token with these members, truly signed by our key `kid`, opens anything at `NOW`. */
export function naiveIsSound(header: Members, payload: Members, kid: unknown): boolean {
  return isSoundHeader(header, kid) && hasSoundIdentity(payload) && hasSoundTimes(payload) && isScope(payload.scope);
}

function isSoundHeader(header: Members, kid: unknown): boolean {
  for (const name of Object.keys(header)) if (name !== "alg" && name !== "kid" && name !== "typ") return false;
  if (header.alg !== "ES256" || header.kid !== kid || typeof header.typ !== "string") return false;
  const type = asciiLower(header.typ);
  return type === "at+jwt" || type === "application/at+jwt";
}

function hasSoundIdentity(payload: Members): boolean {
  if (payload.iss !== SOUND_PAYLOAD.iss || Object.keys(payload).includes("cnf")) return false;
  const audience: unknown = Array.isArray(payload.aud) && payload.aud.length === 1 ? payload.aud[0] : payload.aud;
  if (audience !== SOUND_PAYLOAD.aud) return false;
  if (!isUuid(payload.sub) || !isUuid(payload.credential_id)) return false;
  if (payload.user_id !== payload.sub || payload.delegated !== true) return false;
  if (typeof payload.client_id !== "string" || payload.client_id === "") return false;
  if (JSON.stringify(payload.act) !== JSON.stringify({ sub: payload.client_id })) return false;
  return isWhole(payload.cv) && isTokenId(payload.jti);
}

function hasSoundTimes({ iat, nbf, exp }: Members): boolean {
  if (!isWhole(iat) || !isWhole(nbf) || !isWhole(exp)) return false;
  if (exp <= iat || exp - iat > HOUR) return false;
  return iat <= NOW_SECONDS + LEEWAY && nbf <= NOW_SECONDS + LEEWAY && exp + LEEWAY > NOW_SECONDS;
}

function isWhole(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 2 ** 53 - 1 && value % 1 === 0;
}

function isUuid(value: unknown): boolean {
  if (typeof value !== "string" || value.length !== 36) return false;
  for (let at = 0; at < 36; at += 1) {
    const isDash = at === 8 || at === 13 || at === 18 || at === 23;
    if (!(isDash ? "-" : "0123456789abcdef").includes(value.charAt(at))) return false;
  }
  return true;
}

function isTokenId(value: unknown): boolean {
  if (typeof value !== "string" || value.length < 22 || value.length > 128) return false;
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (let at = 0; at < value.length; at += 1) if (!alphabet.includes(value.charAt(at))) return false;
  return true;
}

function isScope(value: unknown): boolean {
  if (value === "") return true;
  if (typeof value !== "string") return false;
  for (const token of value.split(" ")) {
    if (token === "") return false;
    for (let at = 0; at < token.length; at += 1) {
      const code = token.charCodeAt(at);
      if (code < 0x21 || code > 0x7e || code === 0x22 || code === 0x5c) return false;
    }
  }
  return true;
}
