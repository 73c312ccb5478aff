import "server-only";

import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { type CookieSettings, cookieSettings, readCookie } from "@/lib/auth/session-cookie";
import { config } from "@/lib/env/config";

/** For so long somebody may take to sign in at the provider. */
export const ORGANISATION_FLOW_SECONDS = 10 * 60;

const flowSchema = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
  /** When the browser was sent away, in milliseconds. */
  startedAt: z.number(),
  /** The session whose owner proves once more who they are; without it somebody signs in. */
  sessionId: z.string().optional(),
});

/** One way to the provider and back, known to the browser that began it and to nobody else. */
export type OrganisationFlow = z.output<typeof flowSchema>;

export function flowCookie(): CookieSettings {
  return cookieSettings("organisation-sign-in");
}

/**
 * Returns the flow sealed for its cookie: encrypted, because the answer of the provider is worth nothing without it.
 */
export function sealFlow(flow: OrganisationFlow): Promise<string> {
  const { authSecret } = config();
  return encode({ token: { ...flow }, secret: authSecret, salt: flowCookie().name, maxAge: ORGANISATION_FLOW_SECONDS });
}

/** Returns the flow of the browser that sent a request; `undefined` when it began none, or too long ago. */
export async function openFlowOf(headers: Pick<Headers, "get">): Promise<OrganisationFlow | undefined> {
  const value = readCookie(headers, flowCookie().name);
  if (value === undefined || value === "") return undefined;
  try {
    const token = await decode({ token: value, secret: config().authSecret, salt: flowCookie().name });
    const { iat: _iat, exp: _exp, jti: _jti, ...flow } = token ?? {};
    return flowSchema.safeParse(flow).data;
  } catch {
    // Sealed under another secret, too old, or junk: this browser began nothing.
    return undefined;
  }
}
