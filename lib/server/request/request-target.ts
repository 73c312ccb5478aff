import "server-only";

/** The path of a request, decoded. */
export type RequestTarget = {
  pathname: string;
  /** What stands between its slashes. A slash that was encoded is part of a segment, as it is for the router. */
  segments: readonly string[];
};

/** No address of ours has a control character or a backslash in it, whichever way it is written. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const STRANGERS = /[\u0000-\u001f\u007f\\]/;

/**
 * Returns the origin form of a target in absolute form, which clients send to proxies and servers must understand (RFC
 * 9112 §3.2.2), if its authority is that of `host`, as §3.2 has clients send it. Returns any other target as it is.
 */
export function toOriginForm(target: string, host: string | undefined): string {
  const [, authority, rest = ""] = /^https?:\/\/([^/?#]+)([/?].*)?$/i.exec(target) ?? [];
  if (authority === undefined || authority.toLowerCase() !== host?.toLowerCase()) return target;
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/**
 * Reads an origin-form target (RFC 9112 §3.2.1). Undefined for an absolute form that `toOriginForm` has left, for what
 * a router further in could take for one, and for dot segments in either spelling: clients take those out before they
 * send (RFC 3986 §5.2.4), and a part of the product must not be reached by the name of another.
 */
export function readRequestTarget(target: string): RequestTarget | undefined {
  const [raw = ""] = target.split(/[?#]/, 1);
  if (!raw.startsWith("/") || raw.startsWith("//") || target.includes("#")) return undefined;
  try {
    const segments = raw.slice(1).split("/").map(decodeURIComponent);
    const pathname = `/${segments.join("/")}`;
    const isOdd = STRANGERS.test(pathname) || pathname.split("/").some((segment) => /^\.\.?$/.test(segment));
    return isOdd ? undefined : { pathname, segments };
  } catch {
    return undefined;
  }
}
