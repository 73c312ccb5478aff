import "server-only";

/** The path of a request, decoded. */
export type RequestTarget = {
  pathname: string;
  /** What stands between its slashes. A slash that was encoded is part of a segment, as it is for the router. */
  segments: readonly string[];
};

/**
 * Reads an origin-form target (RFC 9112 §3.2.1). Undefined for the absolute form, which tells the server another
 * authority than `Host` does, for what a router further in could take for one, and for dot segments in either spelling:
 * clients take those out before they send (RFC 3986 §5.2.4), and a part of the product must not be reached by the name
 * of another.
 */
export function readRequestTarget(target: string): RequestTarget | undefined {
  const [raw = ""] = target.split(/[?#]/, 1);
  if (!raw.startsWith("/") || raw.startsWith("//") || raw.includes("\\") || target.includes("#")) return undefined;
  try {
    const segments = raw.slice(1).split("/").map(decodeURIComponent);
    const pathname = `/${segments.join("/")}`;
    if (pathname.includes("\0") || pathname.split("/").some((segment) => /^\.\.?$/.test(segment))) return undefined;
    return { pathname, segments };
  } catch {
    return undefined;
  }
}
