import "server-only";

/** For answers that no browser renders: nothing may load, nothing may frame. */
const DOCUMENTLESS_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/**
 * The Content-Security-Policy of a page. Scripts and styles need this answer's nonce, or a
 * script that has it.
 * The development server evaluates its modules and pushes over a socket.
 */
export function pagePolicy(nonce: string, development: boolean): string {
  const directives = {
    "default-src": "'self'",
    "script-src": `'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src": development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": development ? "'self' ws:" : "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-src": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

export type SecurityHeaderOptions = {
  /** The page's; without one the answer is for machines. */
  policy: string | undefined;
  https: boolean;
  /** Whether hosts below ours are kept on https too; nothing without `https`. */
  hstsIncludesSubdomains: boolean;
  /** True for what pages of any origin may read, whatever the answer is. */
  isPublicDocument: boolean;
};

/**
 * Fetch, "CORS protocol": any origin, any harmless field such as `If-None-Match`, and never credentials. A preflight
 * needs no list of methods, because GET and HEAD are always allowed.
 */
const READABLE_BY_ALL = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" };

/** The fields of every answer. */
export function securityHeaders(options: SecurityHeaderOptions): Record<string, string> {
  return {
    "Content-Security-Policy": options.policy ?? DOCUMENTLESS_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    // Not `no-referrer`: browsers then send `Origin: null` with forms, which the checks of origin rightly refuse.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    ...(options.isPublicDocument ? READABLE_BY_ALL : {}),
    ...(options.https ? { "Strict-Transport-Security": hsts(options.hstsIncludesSubdomains) } : {}),
  };
}

/** RFC 6797 §6.1. A host may have neighbours below it that nobody here knows of, so they are named on request only. */
function hsts(includesSubdomains: boolean): string {
  return `max-age=31536000${includesSubdomains ? "; includeSubDomains" : ""}`;
}
