import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { execPath } from "node:process";
import { expect, test } from "@playwright/test";
import type { OpenApiDocument } from "../../lib/developers/openapi.types";
import { readClientJson, skipIfMissing } from "../support/run-client";
import { baseUrl } from "../support/server";

const DOCUMENT_URL = `${baseUrl()}/api/openapi.json`;
const isInstalled = existsSync("e2e/interop/spectral/node_modules/@stoplight/spectral-core");
const missing = isInstalled ? undefined : "Spectral is not installed (npm ci in e2e/interop/spectral)";

const lint = (url: string) => readClientJson(execPath, ["e2e/interop/spectral/lint.mjs"], { DOCUMENT_URL: url });

test("Spectral: the document keeps every rule for OpenAPI, warnings too", async () => {
  skipIfMissing(missing);
  expect(await lint(DOCUMENT_URL)).toEqual([]);
});

test("Spectral: a document without a server, and with a path that ends in a slash, does not", async () => {
  skipIfMissing(missing);
  const { servers: _servers, ...document } = (await (await fetch(DOCUMENT_URL)).json()) as OpenApiDocument & {
    servers?: unknown;
  };
  const [item] = Object.values(document.paths);
  const broken = JSON.stringify({ ...document, paths: { ...document.paths, "/slash/": item } });
  const server = createServer((_request, response) => response.end(broken)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const found = JSON.stringify(await lint(`http://127.0.0.1:${port}/`));
    expect(found).toContain("path-keys-no-trailing-slash");
    expect(found).toContain("oas3-api-servers");
  } finally {
    server.close();
  }
});
