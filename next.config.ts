import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const nextConfig: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  // Native code and WebAssembly that must not go through the bundler.
  serverExternalPackages: ["@electric-sql/pglite", "@node-rs/argon2", "pino"],
  // We serve no images that need it, and the optimizer fetches addresses that requests name.
  images: { unoptimized: true },
  // Machines call addresses with and without the trailing slash; a redirect would lose their credentials.
  skipTrailingSlashRedirect: true,
  // A client of La Suite Meet opens a room at the slug alone: the front end and the API have one host there.
  rewrites: async () => [{ source: "/:slug([a-z]{3}-[a-z]{4}-[a-z]{3})", destination: "/r/:slug/open" }],
  // Where the counts of an application were; links to them are in people's notes.
  redirects: async () => [
    { source: "/applications/:id/usage", destination: "/applications/:id/activity", permanent: true },
  ],
  // `npm test` checks the types. Whoever only starts the product should not wait for that.
  typescript: { ignoreBuildErrors: true },
  turbopack: {
    root: import.meta.dirname,
    // The build reads the syntax of messages; what formats them then need not know it.
    rules: {
      "*.json": {
        condition: { path: /messages\/(?:en|fr)\/[^/]+\.json$/ },
        loaders: ["./scripts/setup/compile-messages.mjs"],
      },
    },
    resolveAlias: { "use-intl/format-message": "use-intl/format-message/format-only" },
  },
  devIndicators: false,
  experimental: {
    // `forbidden()`: a page that somebody's role does not open answers 403.
    authInterrupts: true,
    // PAGE_BODY_BYTES_MAX: the server refuses more before Next is asked.
    serverActions: { bodySizeLimit: 64 * 1024 },
  },
};

export default createNextIntlPlugin("./lib/i18n/request.ts")(nextConfig);
