import "server-only";

import type { IncomingHttpHeaders } from "node:http";
import { chooseHost } from "./own-host";

/**
 * Fields that only a party we trust could mean: what proxies say about the client, what Next says to itself, and the
 * policy from which Next takes its nonce. A client that sends them is guessing.
 */
const FOREIGN =
  /^(?:x-(?:forwarded|middleware|nextjs|next|now|vercel|invoke|prerender|matched|user|original|rewrite|action|http-method)-.*|x-matched-path|x-original-url|x-rewrite-url|x-http-method(?:-override)?|x-real-ip|x-client-ip|x-cluster-client-ip|x-request-id|true-client-ip|cf-connecting-ip|fastly-client-ip|forwarded|next-resume|content-security-policy(?:-report-only)?)$/;

export type TrustedFacts = { clientAddress: string; publicUrl: string; policy: string | undefined };

/**
 * Returns the header fields as the application may see them: without what a client must not say, with what this process
 * knows. Addresses come from configuration; a `Host` that is not ours is replaced, because links were built from it.
 */
export function trustedHeaders(headers: IncomingHttpHeaders, facts: TrustedFacts): IncomingHttpHeaders {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !FOREIGN.test(name)));
  const host = chooseHost(headers.host, facts.publicUrl);
  return {
    ...kept,
    host,
    "x-forwarded-for": facts.clientAddress,
    "x-forwarded-host": host,
    "x-forwarded-proto": facts.publicUrl.startsWith("https:") ? "https" : "http",
    ...(facts.policy === undefined ? {} : { "content-security-policy": facts.policy }),
  };
}
