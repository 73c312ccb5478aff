import "server-only";

import type { z } from "zod";
import type { Scope } from "@/lib/applications/scopes";
import type { ApplicationActor } from "@/lib/audit/actor";
import { database, inOneStatement, inTransaction, type Store, storeWithin, type Transaction } from "@/lib/db/client";
import { isForeignKeyViolation } from "@/lib/db/constraint-violation";
import {
  type EndpointHandler,
  everyMethod,
  METHODS,
  type Method,
  type PathParameters,
  type Resource,
} from "@/lib/http/endpoint";
import { readEntityTagCondition } from "@/lib/http/entity-tag";
import { readIdempotencyKey } from "@/lib/http/idempotency-key";
import { JSON_MEDIA, MERGE_PATCH_MEDIA, readJsonBody } from "@/lib/http/json-body";
import { HttpProblem } from "@/lib/http/problem";
import { requestContext } from "@/lib/http/request-context";
import { type CallRecorder, noteAnswer, noteRefusal } from "@/lib/machine/activity/call-trace";
import { roomIdOf, toPathTemplate } from "@/lib/machine/activity/path-template";
import type { BearerAuthenticator, BearerGrant } from "@/lib/machine/authority/authenticate-bearer";
import { quotaExceeded } from "@/lib/machine/limits/quota-exceeded";
import type { RequestQuota } from "@/lib/machine/limits/request-quota";
import { callFields, type TokenOwner } from "@/lib/machine/problems/call-fields";
import {
  externalErrorResponse,
  type ProtectedResource,
  type RefusalRenderer,
  reasonOf,
} from "@/lib/machine/problems/external-error";
import { parseExternalInput } from "@/lib/machine/problems/external-input";
import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";
import { type EndpointResponse, withHeaders } from "@/lib/oauth/http/endpoint-response";
import { withoutBodyForHead } from "@/lib/oauth/http/oauth-response";
import { OAuthError } from "@/lib/oauth/oauth-error";
import { log } from "@/lib/observability/logger";
import type { RoomView } from "@/lib/rooms/representation/room-representation";
import type { RoomContext, RoomPrecondition } from "@/lib/rooms/room-context";
import { asAnswer, type ExternalAnswer, toExternalResponse } from "./external-answer";
import { type IdempotentCall, runOnce } from "./idempotency";

/** What the external API needs of the machine API that it is a part of. */
export type ExternalMachine = Pick<RoomContext, "now" | "config"> & {
  /** False when the operator has switched it off: everything is 404. */
  isEnabled: boolean;
  resource: ProtectedResource;
  authenticateBearer: BearerAuthenticator;
  activity: CallRecorder;
  externalQuota: RequestQuota;
  /** The idempotency keys whose first call runs in this process. */
  runningKeys: Set<string>;
};

/** What is known about one call besides its input: verbs take it as their context, answers as their view. */
type ExternalCall = RoomContext &
  RoomPrecondition &
  Pick<RoomView, "reader"> & {
    /** All that is known of the token. */
    grant: BearerGrant;
  };

type ExternalInput<Body, Query> = { body: Body; query: Query; params: PathParameters };

export type ExternalRouteOptions<Body, Query, Prepared> = {
  /** What the token must be good for; null for what any token may do. */
  scope: Scope | null;
  /** Shape of the JSON body; without it the body is not read. */
  body?: z.ZodType<Body>;
  /** Shape of the query string, each parameter as its last value; without it the query is not read. */
  query?: z.ZodType<Query>;
} & (
  | {
      /** Reads, or owns its transaction. Returns an answer, or what is to be the JSON body of a 200. */
      run(input: ExternalInput<Body, Query>, call: ExternalCall): Promise<unknown>;
      write?: never;
      store?: never;
      prepare?: never;
      isIdempotent?: never;
    }
  | ({
      run?: never;
      /** What comes before it is stored, because it has a transaction of its own; left out when a stored answer is replayed. */
      prepare?(input: ExternalInput<Body, Query>, call: RoomContext): Promise<Prepared>;
      /** Whether `Idempotency-Key` is honoured. The key is then remembered in the transaction that stores. */
      isIdempotent?: true;
    } & (
      | {
          /** The same in a transaction of the route: nothing in it may reach beyond `tx`. */
          write(
            tx: Transaction,
            input: ExternalInput<Body, Query> & { prepared: Prepared },
            call: ExternalCall,
          ): Promise<unknown>;
          store?: never;
        }
      | {
          /** The same where all is stored in one statement: in a transaction only with an `Idempotency-Key`. */
          store(
            store: Store,
            input: ExternalInput<Body, Query> & { prepared: Prepared },
            call: ExternalCall,
          ): Promise<unknown>;
          write?: never;
        }
    ))
);

/**
 * Builds `externalRoute`: one method of the external API. In this order: is the API on (404), whose token is it (401),
 * may it do this (403), is the input right (413, 415, 400), was it answered before (409, 422), and only then `run` or
 * `write`. So nobody learns anything about rooms without a token for them. Whatever is thrown becomes problem JSON; a
 * HEAD request gets the headers of GET.
 */
export function createExternalRoute(findMachine: () => ExternalMachine, render?: RefusalRenderer) {
  return function externalRoute<Body = undefined, Query = undefined, Prepared = undefined>(
    options: ExternalRouteOptions<Body, Query, Prepared>,
  ): EndpointHandler {
    return async function handle(request, context) {
      const machine = findMachine();
      return answer(request, { machine, render }, async (grant) => {
        requireScope(grant, options.scope);
        const key = options.isIdempotent ? readIdempotencyKey(request) : undefined;
        const ifMatch = readEntityTagCondition(request, "If-Match");
        const input = {
          body: await readBody(options, request),
          query: readQuery(options, request),
          params: (await context?.params) ?? {},
        };
        const { actor, domains } = grant;
        const call = { actor, domains, grant, ifMatch, now: machine.now, config: machine.config };
        async function produce(): Promise<ExternalAnswer> {
          if (options.run !== undefined) return asAnswer(await options.run(input, { ...call, reader: database() }));
          const { prepare } = options;
          // Only a route that prepares something reads it.
          let prepared = undefined as Prepared;
          async function begin() {
            if (prepare !== undefined) prepared = await prepare(input, call);
          }
          const work = async (store: Store) => {
            const given = [
              { ...input, prepared },
              { ...call, reader: store.reader },
            ] as const;
            return asAnswer(
              await (options.write === undefined
                ? options.store(store, ...given)
                : options.write(store.reader, ...given)),
            );
          };
          const workWithin = (tx: Transaction) => work(storeWithin(tx));
          if (key !== undefined)
            return runOnce(describeCall(request, actor, key, input), onceOf(machine), workWithin, prepare && begin);
          await begin();
          return options.write === undefined ? inOneStatement(work) : inTransaction(workWithin);
        }
        return toExternalResponse(request, await produce());
      });
    };
  };
}

/**
 * Builds `externalResource`: an address of the external API with the methods that it has. HEAD comes with GET. OPTIONS
 * lists them; any other is refused with 405, but only after authentication, so that an address answers strangers in one
 * way only.
 */
export function createExternalResource(findMachine: () => ExternalMachine, render?: RefusalRenderer) {
  return function externalResource(
    own: Partial<Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", EndpointHandler>>,
  ): Resource {
    const handlers: Partial<Record<Method, EndpointHandler>> = own.GET === undefined ? own : { ...own, HEAD: own.GET };
    const methods = METHODS.filter((method) => method === "OPTIONS" || handlers[method] !== undefined);
    const allow = methods.join(", ");
    const refuse: EndpointHandler = (request) =>
      answer(request, { machine: findMachine(), render }, async () => {
        throw new HttpProblem({
          status: 405,
          code: "method_not_allowed",
          detail: "The method is not allowed here.",
          headers: { Allow: allow },
        });
      });
    return {
      ...everyMethod(refuse, methods),
      ...handlers,
      async OPTIONS(request) {
        const { isEnabled, resource } = findMachine();
        if (!isEnabled)
          return withoutBodyForHead(request, externalErrorResponse(apiOff(), { request }, resource, render));
        // No CORS field on purpose: browsers of other origins have no business at a machine API.
        return { status: 204, headers: { Allow: allow, "Cache-Control": "no-store" }, body: null };
      },
    };
  };
}

async function answer(
  request: EndpointRequest,
  { machine, render }: { machine: ExternalMachine; render: RefusalRenderer | undefined },
  handle: (grant: BearerGrant) => Promise<EndpointResponse>,
): Promise<EndpointResponse> {
  const { isEnabled, resource, authenticateBearer, activity, externalQuota } = machine;
  const { pathname } = new URL(request.url);
  const trace = activity.begin({ kind: "rooms", method: request.method, path: toPathTemplate(pathname) });
  let quotaFields: [string, string][] = [];
  let owner: TokenOwner | undefined;
  let response: EndpointResponse;
  try {
    if (!isEnabled) throw apiOff();
    const grant = await authenticateBearer(request, (proven) => {
      owner = proven;
      Object.assign(trace, proven, { isProven: true });
    });
    trace.applicationId = grant.actor.id;
    const use = await externalQuota.spend(grant.clientId);
    quotaFields = use.fields;
    if (!use.isAllowed) throw quotaExceeded(use);
    response = await handle(grant).catch(async (thrown) => {
      // An application that was deleted since it was let in: ask again, and its token is refused for that reason.
      if (isForeignKeyViolation(thrown)) await authenticateBearer(request);
      throw thrown;
    });
    // Every use of a delegated token leaves a trace: which application, on whose behalf, what.
    noteAnswer(trace);
    const { status } = response;
    log.info({ event: "external_used", ...callFields(request, owner), status }, "External API called");
  } catch (thrown) {
    if (isEnabled) noteRefusal(trace, reasonOf(thrown));
    response = externalErrorResponse(thrown, { request, owner }, resource, render);
  }
  trace.roomId = roomIdOf(pathname, response.headers.Location ?? null);
  activity.end(trace, response.status, requestContext());
  return withoutBodyForHead(request, withHeaders(response, Object.fromEntries(quotaFields)));
}

function apiOff(): HttpProblem {
  return new HttpProblem({ status: 404, code: "not_found", detail: "Not found." });
}

function requireScope(grant: BearerGrant, scope: Scope | null): void {
  if (scope === null || grant.scopes.includes(scope)) return;
  throw new OAuthError("insufficient_scope", {
    reason: grant.scopes.length === 0 ? "scopes_empty" : "scope_missing",
    description: `Insufficient permissions. Required scope: ${scope}`,
    requiredScope: scope,
  });
}

async function readBody<Body>(options: { body?: z.ZodType<Body> }, request: EndpointRequest): Promise<Body> {
  // Without a schema `Body` is undefined: only then is nothing read.
  if (options.body === undefined) return undefined as Body;
  const media = request.method === "PATCH" ? MERGE_PATCH_MEDIA : JSON_MEDIA;
  return parseExternalInput(options.body, await readJsonBody(request, media));
}

function readQuery<Query>(options: { query?: z.ZodType<Query> }, request: EndpointRequest): Query {
  if (options.query === undefined) return undefined as Query;
  return parseExternalInput(options.query, Object.fromEntries(new URL(request.url).searchParams));
}

/** What was sent and is ignored makes no other request of it. */
function describeCall<Body, Query>(
  request: EndpointRequest,
  actor: ApplicationActor,
  key: string,
  { body, query }: ExternalInput<Body, Query>,
): IdempotentCall {
  const path = new URL(request.url).pathname;
  return { actor, method: request.method, path, key, content: { query, body } };
}

function onceOf({ runningKeys: running, now }: ExternalMachine): { running: Set<string>; now: Date } {
  return { running, now: now() };
}
