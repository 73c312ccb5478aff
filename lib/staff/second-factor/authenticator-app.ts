import "server-only";

import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { encodeQR } from "qr";
import type { Config } from "@/lib/env/config";
import { createSealer } from "@/lib/secrets/seal";
import type { OfferedApp } from "./second-factor.types";

/** RFC 4226 section 4 recommends 160 bits. */
const KEY_BYTES = 20;
/** RFC 6238. What every app understands; several ignore any other setting and show wrong codes. */
const SETTINGS = { algorithm: "SHA1", digits: 6, period: 30 } as const;
/** So many steps before and after the one of now are taken too: clocks differ, and typing takes time. */
const STEPS_AROUND = 1;
/** How the portal is called in the app, besides its host. */
const ISSUER = "Vestibule";
const QUIET_ZONE = 4;

const sealerOf = ({ masterKeys }: Pick<Config, "masterKeys">) => createSealer(masterKeys, "staff-authenticator-app");

/** Makes the key of an authenticator app and returns it sealed for the row of its owner. */
export function makeSealedKey(config: Pick<Config, "masterKeys">, staffMemberId: string): string {
  return sealerOf(config).seal(randomBytes(KEY_BYTES), staffMemberId);
}

/** Returns the key as it is shown: for the eye, and as the QR code that apps read. */
export function showKey(
  config: Pick<Config, "masterKeys" | "publicUrl">,
  { staffMemberId, email, sealedKey }: { staffMemberId: string; email: string; sealedKey: string },
): OfferedApp {
  const secret = openKey(config, staffMemberId, sealedKey);
  const { host } = new URL(config.publicUrl);
  const totp = new TOTP({ ...SETTINGS, issuer: `${ISSUER} (${host})`, label: email, secret });
  return { key: secret.base32.match(/.{1,4}/g)?.join(" ") ?? "", qr: drawQr(totp.toString()) };
}

/**
 * Returns the time step of which `code` is the code, within a step of now; `null` when it is of none. Compares in
 * constant time.
 */
export function findStep(
  config: Pick<Config, "masterKeys">,
  { staffMemberId, sealedKey, code, now }: { staffMemberId: string; sealedKey: string; code: string; now: Date },
): number | null {
  const secret = openKey(config, staffMemberId, sealedKey);
  const timestamp = now.getTime();
  const delta = TOTP.validate({ ...SETTINGS, token: code, secret, timestamp, window: STEPS_AROUND });
  return delta === null ? null : TOTP.counter({ period: SETTINGS.period, timestamp }) + delta;
}

/** Whether a text could be a code of an app, once spaces are taken out. */
export function toAppCode(text: string): string | undefined {
  const code = text.replace(/\s/g, "");
  return /^\d{6}$/.test(code) ? code : undefined;
}

function openKey(config: Pick<Config, "masterKeys">, staffMemberId: string, sealedKey: string): Secret {
  const bytes = sealerOf(config).open(sealedKey, staffMemberId);
  return new Secret({ buffer: new Uint8Array(bytes).buffer });
}

/** One path for all that is dark, row by row: it needs no style of its own, which the Content-Security-Policy forbids. */
function drawQr(text: string): OfferedApp["qr"] {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET_ZONE });
  const path = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return { size: rows.length, path };
}
