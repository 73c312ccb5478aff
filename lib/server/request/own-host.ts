import "server-only";

import type { IncomingHttpHeaders } from "node:http";
import { isLoopbackHost } from "@/lib/env/value-parsers";

/** Fields by which a proxy shows itself: what it calls us by in `Host` may then be a name of its own. */
const PROXY_FIELDS = ["forwarded", "via", "x-forwarded-for", "x-forwarded-proto", "x-real-ip"];

/** Keeps the host of PUBLIC_URL and, when that one is on this machine, every other name of this machine. */
export function chooseHost(host: string | undefined, publicUrl: string): string {
  const ours = new URL(publicUrl);
  const theirs = parseHost(host, ours.protocol);
  return theirs !== undefined && isLoopbackHost(ours.hostname) && isLoopbackHost(theirs.hostname)
    ? theirs.host
    : ours.host;
}

/**
 * Whether a browser was sent here under a name that is not ours, as far as that can be known. Ports do not count:
 * proxies leave them out and put their own in. Behind a proxy the name is what it says in `X-Forwarded-Host`, or
 * unknown.
 */
export function isForeignHost(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const ours = new URL(publicUrl);
  const named = readNamedHosts(headers);
  return (
    named.length > 0 &&
    named.every((host) => {
      const hostname = parseHost(host, ours.protocol)?.hostname;
      if (hostname === undefined) return true;
      return hostname !== ours.hostname && !(isLoopbackHost(ours.hostname) && isLoopbackHost(hostname));
    })
  );
}

/** Whether `origin`, as a browser sends it with a form, is a page that was sent to the address of this request. */
export function isOwnOrigin(origin: string, host: string | undefined, publicUrl: string): boolean {
  return origin === `${new URL(publicUrl).protocol}//${chooseHost(host, publicUrl)}`;
}

function readNamedHosts(headers: IncomingHttpHeaders): string[] {
  const forwarded = [headers["x-forwarded-host"] ?? []].flat().join(",");
  if (forwarded !== "") return forwarded.split(",").map((host) => host.trim());
  if (headers.host === undefined || PROXY_FIELDS.some((name) => headers[name] !== undefined)) return [];
  return [headers.host];
}

/** Anything but a bare authority would parse into more than a host. */
function parseHost(host: string | undefined, protocol: string): URL | undefined {
  const url = `${protocol}//${host}`;
  return host !== undefined && /^[\w.:[\]-]+$/.test(host) && URL.canParse(url) ? new URL(url) : undefined;
}
