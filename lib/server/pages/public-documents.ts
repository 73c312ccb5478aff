import "server-only";

import { randomBytes } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { readCookie } from "@/lib/auth/session-cookie";
import { buildOpenApi } from "@/lib/developers/openapi/build-openapi";
import { listOperations } from "@/lib/developers/openapi/list-operations";
import { requestContext, runWithRequestContext } from "@/lib/http/request-context";
import { LOCALE_COOKIE, type Locale } from "@/lib/i18n/locales";
import { negotiateLocale } from "@/lib/i18n/negotiate-locale";
import { isTheme, THEME_COOKIE, type Theme } from "@/lib/i18n/themes";
import { routes } from "@/lib/routes";
import { readRequestTarget } from "../request/request-target";
import { pagePolicy } from "../request/security-headers";
import { joinPacked, joinPlain, type PackedPieces, packPieces } from "./packed-pieces";
import { renderApart } from "./render-apart";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Everything that the documents depend on, but for the configuration, which is the same for as long as a process lives. */
type Edition = { path: string; locale: Locale; theme: Theme };

/** An answer in pieces: between two of them stands the nonce. */
type Document = { status: number; headers: OutgoingHttpHeaders; pieces: PackedPieces };

export type PublicDocumentsOptions = {
  publicUrl: string;
  /** Tells whether a request carries a session cookie that was sealed here: around the document is then the portal. */
  isStaff: (request: IncomingMessage) => Promise<boolean>;
};

const PATHS: readonly string[] = [routes.developers.start(), routes.developers.reference(), routes.developers.errors()];

/**
 * Returns a function that answers the documentation for developers from memory. Each edition is rendered once, for a
 * request that has nothing of a visitor in it but the language and the colours, and is sent from then on with the nonce
 * of each answer in the place of the one that it was rendered with, compressed where that is understood: nobody's data is
 * in it. Only what is 200 and HTML is kept. The nonce makes every answer another one, so that none has an entity tag.
 */
export function createPublicDocuments({ publicUrl, isStaff }: PublicDocumentsOptions) {
  const documents = new Map<string, Promise<Document>>();
  let paths: ReadonlySet<string> | undefined;

  return (render: Handler): Handler =>
    async (request, response) => {
      paths ??= documentPaths(publicUrl);
      const path = documentPath(request, paths);
      if (path === undefined || (await isStaff(request))) return render(request, response);
      if (request.headers.rsc !== undefined) return leaveToBrowser(response);
      const nonce = readNonce(request.headers["content-security-policy"]);
      if (nonce === undefined) return render(request, response);
      send(response, await find(render, readEdition(request, path)), { nonce, isPacked: acceptsGzip(request) });
    };

  function find(render: Handler, edition: Edition): Promise<Document> {
    const key = JSON.stringify(edition);
    const known = documents.get(key);
    if (known !== undefined) return known;
    const made = make(render, edition);
    documents.set(key, made);
    const forget = () => documents.delete(key);
    made.then((document) => isKept(document) || forget(), forget);
    return made;
  }

  async function make(render: Handler, { path, locale, theme }: Edition): Promise<Document> {
    const { host, protocol } = new URL(publicUrl);
    const placeholder = randomBytes(16).toString("hex");
    const { clientAddress, requestId } = requestContext();
    const { status, headers, body } = await runWithRequestContext({ clientAddress, requestId, target: path }, () =>
      renderApart(render, path, {
        host,
        "x-forwarded-host": host,
        "x-forwarded-proto": protocol.slice(0, -1),
        "accept-language": locale,
        cookie: `${LOCALE_COOKIE}=${locale}; ${THEME_COOKIE}=${theme}`,
        "content-security-policy": pagePolicy(placeholder, false),
      }),
    );
    return { status, headers, pieces: packPieces(splitAt(body, placeholder)) };
  }
}

/** There are as many as the API has operations, so memory has a bound. */
function documentPaths(publicUrl: string): ReadonlySet<string> {
  const operations = listOperations(buildOpenApi({ publicUrl }));
  return new Set([...PATHS, ...operations.map(({ operation }) => routes.developers.operation(operation.operationId))]);
}

function documentPath({ method, url = "" }: IncomingMessage, paths: ReadonlySet<string>): string | undefined {
  if (method !== "GET" && method !== "HEAD") return undefined;
  const path = readRequestTarget(url)?.pathname.replace(/\/$/, "");
  return path !== undefined && paths.has(path) ? path : undefined;
}

function readEdition({ headers }: IncomingMessage, path: string): Edition {
  const jar = { get: (name: string) => (name === "cookie" ? (headers.cookie ?? null) : null) };
  const theme = readCookie(jar, THEME_COOKIE);
  return {
    path,
    locale: negotiateLocale(readCookie(jar, LOCALE_COOKIE), headers["accept-language"] ?? null),
    theme: isTheme(theme) ? theme : "system",
  };
}

/** Next's script in the browser then loads the document itself, which is in memory; a payload would be rendered. */
function leaveToBrowser(response: ServerResponse): void {
  response.writeHead(204, { "Cache-Control": "no-store" }).end();
}

function isKept({ status, headers }: Document): boolean {
  return status === 200 && String(headers["content-type"]).startsWith("text/html");
}

type Sending = { nonce: string; isPacked: boolean };

function send(response: ServerResponse, { status, headers, pieces }: Document, { nonce, isPacked }: Sending): void {
  const between = Buffer.from(nonce);
  const body = isPacked ? joinPacked(pieces, between) : joinPlain(pieces, between);
  response.writeHead(status, {
    ...headers,
    Vary: withAcceptEncoding(headers.vary),
    ...(isPacked ? { "Content-Encoding": "gzip" } : {}),
    "Content-Length": body.length,
  });
  response.end(body);
}

/** What else the answer depends on stays said; Next says this too when it would compress by itself. */
function withAcceptEncoding(vary: OutgoingHttpHeaders["vary"]): string {
  const names = [vary ?? []].flat().flatMap((line) => line.split(/\s*,\s*/));
  return [...new Set([...names, "Accept-Encoding"])].join(", ");
}

/** RFC 9110 section 12.5.3, for the one coding that there is. */
function acceptsGzip({ headers }: IncomingMessage): boolean {
  const codings = String(headers["accept-encoding"] ?? "")
    .toLowerCase()
    .split(",");
  return codings.some((coding) => /^\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$)[\d.]+\s*)?$/.test(coding));
}

function splitAt(body: Buffer, separator: string): Buffer[] {
  const at = body.indexOf(separator);
  if (at < 0) return [body];
  return [body.subarray(0, at), ...splitAt(body.subarray(at + separator.length), separator)];
}

function readNonce(policy: string | string[] | undefined): string | undefined {
  return /'nonce-([^']+)'/.exec(String(policy))?.[1];
}
