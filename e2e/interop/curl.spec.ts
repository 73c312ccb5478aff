import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { client } from "../support/clients";
import { foreignClient, runClient, skipIfMissing } from "../support/run-client";
import { baseUrl } from "../support/server";

const baseURL = baseUrl();
const { missing } = foreignClient("curl");

/** The commands that the README tells people to paste, in their order. */
function readmeCommands(): string[] {
  const readme = readFileSync("README.md", "utf8");
  const section = /^## [^\n]*\bcurl\b[^\n]*\n([\s\S]*?)(?=^## )/m.exec(readme)?.[1] ?? "";
  return Array.from(section.matchAll(/^```sh\n([\s\S]*?)^```/gm), (match) => match[1] ?? "");
}

test("curl: what the README tells people to paste works as it stands", async () => {
  skipIfMissing(missing);

  const [settings = "", ...commands] = readmeCommands();
  expect(settings).toMatch(/^VESTIBULE=\S+\nCLIENT_ID=\S+\nCLIENT_SECRET=\S+\n$/);
  expect(commands).toHaveLength(3);
  const [exchange = "", create = "", look = ""] = commands;
  // The reader fills in the three settings; everything after them is run as printed.
  const script = `set -eu\n${exchange}\n${create}\necho\n${look.replaceAll("\ncurl", "\necho\ncurl")}`;
  const { clientId, clientSecret } = client("full");
  const { code, stdout, stderr } = await runClient("sh", ["-c", script], {
    VESTIBULE: baseURL,
    CLIENT_ID: clientId,
    CLIENT_SECRET: clientSecret,
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });

  const [room, list, me, metadata] = stdout
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  const slug = (room as { slug: string }).slug;
  expect(room).toEqual({
    id: expect.any(String),
    name: slug,
    slug: expect.stringMatching(/^[a-z]{3}-[a-z]{4}-[a-z]{3}$/),
    access_level: "trusted",
    configuration: {},
    url: `${baseURL}/r/${slug}`,
  });
  expect(list).toMatchObject({ results: expect.arrayContaining([room]) });
  expect(me).toMatchObject({ client_id: clientId, person: { email: "ana@example.com" } });
  expect(metadata).toMatchObject({ issuer: baseURL, token_endpoint: `${baseURL}/api/oauth/token` });
});

test("curl: what the README tells people to paste stops when no token is given, and says why", async () => {
  skipIfMissing(missing);
  const [, exchange = "", create = ""] = readmeCommands();
  const { clientId, clientSecret } = client("limited");
  const refused = exchange.replace("ana@example.com", "ana@elsewhere.example");
  const environment = { VESTIBULE: baseURL, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret };
  // In a terminal nothing ends the shell, so it is run without `set -e` as well.
  for (const start of ["set -eu", ":"]) {
    const { code, stdout, stderr } = await runClient("sh", ["-c", `${start}\n${refused}\n${create}`], environment);
    expect({ isStopped: code !== 0, stdout }).toEqual({ isStopped: true, stdout: "" });
    expect(stderr).toContain("The application may not act for this e-mail domain.");
    expect(stderr).not.toContain("malformed");
  }
});

test("curl: a wrong secret ends as an error that a script can see", async () => {
  skipIfMissing(missing);
  const script =
    'curl -sS --fail-with-body "$URL/api/oauth/token" -u "$ID:wrong" -d grant_type=client_credentials -d scope=ana@example.com';
  const { code, stdout } = await runClient("sh", ["-c", script], { URL: baseURL, ID: client("limited").clientId });
  // 22 is how curl says that the answer was 400 or above.
  expect({ code, body: JSON.parse(stdout) as unknown }).toEqual({
    code: 22,
    body: {
      error: "invalid_client",
      error_description: "Invalid credentials",
      error_uri: `${baseURL}/developers/errors#invalid_client`,
      detail: "Invalid credentials",
    },
  });
});
