import { expect, test } from "@playwright/test";
import type { OpenApiDocument } from "../../lib/developers/openapi.types";
import { client } from "../support/clients";
import { obtainToken } from "../support/oauth-requests";
import { baseUrl } from "../support/server";
import { runTypeScriptClient } from "../support/typescript-client";

const baseURL = baseUrl();
const documentUrl = `${baseURL}/api/openapi.json`;

/** Each filter of the list: its value, as source that may use two rooms and a cursor, and the rooms that it leaves. */
const FILTERS: Readonly<Record<string, readonly [value: string, rooms: readonly string[]]>> = {
  page: ["1", ["first", "second"]],
  page_size: ["100", ["first", "second"]],
  limit: ["1", ["second"]],
  cursor: ["cursor", ["first"]],
  external_id: ['"first"', ["first"]],
  slug: ["first.slug", ["first"]],
  url: ["first.url", ["first"]],
  created_by: ['"me"', ["first", "second"]],
  updated_since: ["first.created_at", ["first", "second"]],
  access_level: ['"restricted"', ["second"]],
  include: ['"details"', ["first", "second"]],
};

const PROGRAM = `
import createClient from "openapi-fetch";
import type { paths } from "./paths";

const { BASE_URL = "", TOKEN = "" } = process.env;
const client = createClient<paths>({ baseUrl: BASE_URL, headers: { Authorization: \`Bearer \${TOKEN}\` } });
type Query = NonNullable<paths["/api/external/rooms"]["get"]["parameters"]["query"]>;

async function make(body: { external_id: string; access_level: "trusted" | "restricted" }) {
  const sent = { params: { query: { include: "details" } }, body } as const;
  const { data, error, response } = await client.POST("/api/external/rooms", sent);
  if (error !== undefined) throw new Error(\`\${response.status} \${error.detail}\`);
  if (!("created_at" in data)) throw new Error("The room has no details.");
  return data;
}

async function list(query: Query) {
  const { data, error, response } = await client.GET("/api/external/rooms", { params: { query } });
  if (error !== undefined) throw new Error(\`\${response.status} \${error.detail}\`);
  return data;
}

const first = await make({ external_id: "first", access_level: "trusted" });
const second = await make({ external_id: "second", access_level: "restricted" });
const next = (await list({ limit: 1 })).next ?? "";
const cursor = new URL(next).searchParams.get("cursor") ?? "";
const titles = { [first.id]: "first", [second.id]: "second" };
const listed: { [filter in keyof Required<Query>]: (string | undefined)[] } = {
${Object.entries(FILTERS)
  .map(
    ([name, [value]]) => `  ${name}: (await list({ ${name}: ${value} })).results.map(({ id }) => titles[id]).sort(),`,
  )
  .join("\n")}
};
console.log(JSON.stringify(listed));

// What the document does not have does not compile; it is there to be compiled, and never called.
export const refused = () => [
  // @ts-expect-error There is no such filter.
  list({ colour: "blue" }),
  // @ts-expect-error There is no such value.
  list({ include: "everything" }),
  // @ts-expect-error There is no such path.
  client.GET("/api/external/meetings"),
];
`;

test("openapi-fetch: types generated from the document compile, and reach each filter that it names", async () => {
  const document = (await (await fetch(documentUrl)).json()) as OpenApiDocument;
  const parameters = document.paths["/api/external/rooms"]?.get?.parameters ?? [];
  const named = parameters.filter((one) => one.in === "query").map(({ name }) => name);
  expect(named.sort()).toEqual(Object.keys(FILTERS).sort());

  const person = `generated-${Date.now()}@example.com`;
  const environment = { BASE_URL: baseURL, TOKEN: await obtainToken(baseURL, client("full"), person) };
  const listed = await runTypeScriptClient(PROGRAM, { documentUrl, environment });
  expect(listed).toEqual(Object.fromEntries(Object.entries(FILTERS).map(([name, [, rooms]]) => [name, rooms])));
});
