import "server-only";

import type { z } from "zod";
import type { Scope } from "@/lib/applications/scopes";
import type { ApplicationActor } from "@/lib/audit/actor";
import { readJsonBody } from "@/lib/http/json-body";
import { HttpProblem } from "@/lib/http/problem";
import { OAuthError } from "@/lib/oauth/oauth-error";
import { withoutBodyForHead } from "@/lib/oauth/oauth-response";
import { log } from "@/lib/observability/logger";
import type { BearerGrant } from "./authenticate-bearer";
import { externalErrorResponse } from "./external-error";
import { parseExternalInput } from "./external-input";
import { type Machine, machine } from "./machine";
import { quotaExceeded } from "./quota-exceeded";

type PathParameters = Record<string, string>;

export type ExternalHandler = (request: Request, context?: { params: Promise<PathParameters> }) => Promise<Response>;

export type ExternalRouteOptions<Body, Query, Result> = {
  /** What the token must be good for. */
  scope: Scope;
  /** Shape of the JSON body; without it the body is not read. */
  body?: z.ZodType<Body>;
  /** Shape of the query string, each parameter as its last value. */
  query?: z.ZodType<Query>;
  /** Status of success. */
  status?: 200 | 201;
  /** Path of what was made, for `Location`. */
  location?: (result: Result) => string;
  run(input: { body: Body; query: Query; params: PathParameters }, call: { actor: ApplicationActor }): Promise<Result>;
};

/**
 * One method of the external API. In this order: is the API on (404), whose token is it (401), may it do this (403), is
 * the input right (415, 413, 400), and only then `run`. So nobody learns anything about rooms without a token for them.
 * Whatever is thrown becomes problem JSON; a HEAD request gets the headers of GET.
 */
export function externalRoute<Body = undefined, Query = undefined, Result = unknown>(
  options: ExternalRouteOptions<Body, Query, Result>,
  findMachine: () => Machine = machine,
): ExternalHandler {
  return async function handle(request, context) {
    return answer(request, findMachine(), async (grant) => {
      requireScope(grant, options.scope);
      const input = {
        body: await readBody(options, request),
        query: readQuery(options, request),
        params: (await context?.params) ?? {},
      };
      const result = await options.run(input, { actor: grant.actor });
      return jsonAnswer(options.status ?? 200, result, options.location?.(result));
    });
  };
}

/**
 * The answers for the methods that a path does not have: OPTIONS lists those it has; any other is refused with 405, but
 * only after authentication, so that a path answers strangers in one way only.
 */
export function otherMethods(
  methods: readonly string[],
  findMachine: () => Machine = machine,
): { options: ExternalHandler; refused: ExternalHandler } {
  const allow = [...methods, "OPTIONS"].join(", ");
  return {
    async options(request) {
      const { isEnabled, resource } = findMachine();
      if (!isEnabled) return withoutBodyForHead(request, externalErrorResponse(apiOff(), resource));
      // No CORS field on purpose: browsers of other origins have no business at a machine API.
      return new Response(null, { status: 204, headers: { Allow: allow, "Cache-Control": "no-store" } });
    },
    async refused(request) {
      return answer(request, findMachine(), async () => {
        throw new HttpProblem({
          status: 405,
          code: "method_not_allowed",
          detail: "The method is not allowed here.",
          headers: { Allow: allow },
        });
      });
    },
  };
}

async function answer(
  request: Request,
  { isEnabled, resource, authenticateBearer, usage, externalQuota }: Machine,
  handle: (grant: BearerGrant) => Promise<Response>,
): Promise<Response> {
  let quotaFields: [string, string][] = [];
  let response: Response;
  try {
    if (!isEnabled) throw apiOff();
    const grant = await authenticateBearer(request);
    response = await usage.countCall(grant, async () => {
      const use = await externalQuota.spend(grant.clientId);
      quotaFields = use.fields;
      if (!use.isAllowed) throw quotaExceeded(use);
      return handle(grant);
    });
    logUse(request, grant, response.status);
  } catch (thrown) {
    response = externalErrorResponse(thrown, resource);
  }
  for (const [name, value] of quotaFields) response.headers.set(name, value);
  return withoutBodyForHead(request, response);
}

function apiOff(): HttpProblem {
  return new HttpProblem({ status: 404, code: "not_found", detail: "Not found." });
}

function requireScope(grant: BearerGrant, scope: Scope): void {
  if (grant.scopes.includes(scope)) return;
  throw new OAuthError("insufficient_scope", {
    reason: "scope_missing",
    description: `Insufficient permissions. Required scope: ${scope}`,
    requiredScope: scope,
  });
}

async function readBody<Body>(options: { body?: z.ZodType<Body> }, request: Request): Promise<Body> {
  // Without a schema `Body` is undefined: only then is nothing read.
  if (options.body === undefined) return undefined as Body;
  return parseExternalInput(options.body, await readJsonBody(request));
}

function readQuery<Query>(options: { query?: z.ZodType<Query> }, request: Request): Query {
  if (options.query === undefined) return undefined as Query;
  return parseExternalInput(options.query, Object.fromEntries(new URL(request.url).searchParams));
}

function jsonAnswer(status: number, result: unknown, location: string | undefined): Response {
  return new Response(JSON.stringify(result), {
    status,
    headers: {
      "Content-Type": "application/json",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      ...(location === undefined ? {} : { Location: location }),
    },
  });
}

/** Every use of a delegated token leaves a trace: which application, on whose behalf, what. */
function logUse(request: Request, { actor, clientId }: BearerGrant, status: number): void {
  const fields = { event: "external_used", method: request.method, path: new URL(request.url).pathname, status };
  log.info(
    { ...fields, client_id: clientId, person_id: actor.personId, client_address: actor.ip },
    "External API called",
  );
}
