import "server-only";

import type { IncomingHttpHeaders } from "node:http";
import { log } from "@/lib/observability/logger";
import type { RequestHeadSettings } from "./request-head";

type ProxySettings = Pick<RequestHeadSettings, "publicUrl" | "trustedProxyHops">;

/** True where a proxy must be in front, because this process speaks no TLS, and none is believed. */
export function isProxyForgotten({ publicUrl, trustedProxyHops }: ProxySettings): boolean {
  return publicUrl.startsWith("https:") && trustedProxyHops === 0;
}

/**
 * Returns what to call with the header fields of each request. It says once in the life of a process that a proxy names
 * its clients and is not believed: everybody then has the proxy's address and its share of every limit.
 */
export function createProxyNotice(settings: ProxySettings): (headers: IncomingHttpHeaders) => void {
  let isDue = isProxyForgotten(settings);
  return (headers) => {
    if (!isDue || headers["x-forwarded-for"] === undefined) return;
    isDue = false;
    log.warn(
      { event: "proxy_not_trusted" },
      "X-Forwarded-For arrives and TRUSTED_PROXY_HOPS is 0: all clients count as one address. Set it to the number of proxies",
    );
  };
}
