import { describe, expect, it } from "vitest";
import { pagePolicy, securityHeaders } from "./security-headers";

const OPTIONS = { policy: "p", https: false, hstsIncludesSubdomains: false, isPublicDocument: false };

describe("pagePolicy", () => {
  it("runs scripts with the nonce only and loads from this origin only", () => {
    expect(pagePolicy("abc", false).split("; ")).toEqual([
      "default-src 'self'",
      "script-src 'self' 'nonce-abc' 'strict-dynamic'",
      "style-src 'self' 'nonce-abc'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-src 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
    ]);
  });

  it("never allows inline scripts, not even in development", () => {
    expect(pagePolicy("abc", true)).not.toMatch(/script-src[^;]*'unsafe-inline'/);
    expect(pagePolicy("abc", false)).not.toContain("unsafe-eval");
  });
});

describe("securityHeaders", () => {
  // Conformance: S09
  it("are the same on every answer; for machines nothing may load at all", () => {
    expect(securityHeaders({ ...OPTIONS, policy: undefined })).toEqual({
      "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
      "Referrer-Policy": "same-origin",
      "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin",
    });
  });

  it("keep browsers on https where the portal is reached over https", () => {
    expect(securityHeaders({ ...OPTIONS, https: true })).toHaveProperty(
      "Strict-Transport-Security",
      "max-age=31536000",
    );
  });

  it("speak for the hosts below ours when that is asked for, and never over plain http", () => {
    const options = { ...OPTIONS, hstsIncludesSubdomains: true };
    expect(securityHeaders({ ...options, https: true })).toHaveProperty(
      "Strict-Transport-Security",
      "max-age=31536000; includeSubDomains",
    );
    expect(securityHeaders(options)).not.toHaveProperty("Strict-Transport-Security");
  });
});
