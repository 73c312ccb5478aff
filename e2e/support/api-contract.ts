import type { IncomingHttpHeaders } from "node:http";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { OpenApiDocument, Operation, ResponseObject } from "../../lib/developers/openapi.types";

type Exchange = {
  method: string;
  path: string;
  answer: { status: number; headers: IncomingHttpHeaders; text: string };
};

/** What an answer breaks of what the server says of itself; empty when it keeps to it, or is about something else. */
export type Contract = (exchange: Exchange) => string[];

/** What a documented path answers to a method that it does not have. */
const OTHER_METHODS: Readonly<Record<string, readonly number[]>> = {
  OPTIONS: [204],
  default: [400, 401, 405, 413, 415, 431, 503],
};

const ID = "https://contract.invalid/openapi.json";

/** Makes the check that holds answers to an OpenAPI document. */
function createContract(document: OpenApiDocument): Contract {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: ID, components: { schemas: document.components.schemas } });
  const compiled = new Map<ResponseObject, ValidateFunction>();
  const paths = Object.entries(document.paths).map(([template, item]) => ({
    template,
    pattern: new RegExp(
      `^${template
        .replace(/\/$/, "")
        .replaceAll(/[.]/g, "\\.")
        .replaceAll(/\{\w+\}/g, "[^/]+")}/?$`,
    ),
    item: item as Record<string, Operation | undefined>,
  }));

  function findBodyErrors(response: ResponseObject, { headers, text }: Exchange["answer"]): string[] {
    if (response.content === undefined) return text === "" ? [] : ["a body where none is documented"];
    const [media = ""] = (headers["content-type"] ?? "").split(";");
    const content = response.content[media];
    if (content === undefined) return [`undocumented media type ${media}`];
    const schema = JSON.parse(JSON.stringify(content.schema).replaceAll('"#/', `"${ID}#/`)) as object;
    const validate = compiled.get(response) ?? ajv.compile(schema);
    compiled.set(response, validate);
    if (validate(JSON.parse(text))) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      `body ${instancePath} ${message} ${JSON.stringify(params)}`.trim(),
    );
  }

  return function breachesOf({ method, path, answer }) {
    const [pathname = ""] = path.split("?");
    const found = paths.find(({ pattern }) => pattern.test(pathname));
    if (found === undefined) return [];
    const isHead = method === "HEAD";
    const operation = found.item[isHead ? "get" : method.toLowerCase()];
    const where = `${method} ${found.template} ${answer.status}`;
    if (operation === undefined) {
      const expected = OTHER_METHODS[method] ?? OTHER_METHODS.default ?? [];
      return expected.includes(answer.status) ? [] : [`${where}: the method is not documented`];
    }
    const response = operation.responses[String(answer.status)];
    if (response === undefined) return [`${where}: the status is not documented`];
    const missing = Object.entries(response.headers ?? {})
      .filter(([name, { required }]) => required && answer.headers[name.toLowerCase()] === undefined)
      .map(([name]) => `no ${name}`);
    const breaches = [...missing, ...(isHead ? [] : findBodyErrors(response, answer))];
    return breaches.map((breach) => `${where}: ${breach}`);
  };
}

const contracts = new Map<string, Promise<Contract | undefined>>();

/** The contract of a running server: what it publishes at `/api/openapi.json`. Undefined while its API is off. */
export function contractOf(baseUrl: string): Promise<Contract | undefined> {
  const known = contracts.get(baseUrl) ?? readContract(baseUrl);
  contracts.set(baseUrl, known);
  return known;
}

async function readContract(baseUrl: string): Promise<Contract | undefined> {
  const answer = await fetch(`${baseUrl}/api/openapi.json`);
  return answer.ok ? createContract((await answer.json()) as OpenApiDocument) : undefined;
}
