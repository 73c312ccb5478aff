import "server-only";

import type { IncomingMessage, ServerResponse } from "node:http";
import { clientAddressKey } from "@/lib/http/client-address-key";
import { requestContext } from "@/lib/http/request-context";
import { busyPage } from "../refusal/busy-page";
import { answerRefusal, type Refusal } from "../refusal/refusal";
import { reportRefusal } from "../refusal/report-refusal";
import { findEndpoint } from "../request/endpoints";
import { readRequestTarget } from "../request/request-target";
import { createPageSlots, type PageSlotsOptions } from "./page-slots";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type PageGateOptions = PageSlotsOptions & {
  /** How long an answer may keep its slot while it is made, in milliseconds. */
  holdMs: number;
  /** Tells whether a request carries a session cookie that was sealed here. */
  isStaff: (request: IncomingMessage) => Promise<boolean>;
};

/** What the server runs with. docs/operations.md names these numbers. */
export const PAGE_GATE = {
  concurrent: 2,
  perAddress: 2,
  queueLength: 64,
  waitMs: 10_000,
  holdMs: 10_000,
  timer(ms: number, done: () => void) {
    const timeout = setTimeout(done, ms);
    return () => clearTimeout(timeout);
  },
} as const;

/** How often it is looked whether the reader of an answer is what keeps its slot. */
export const LOOK_MS = 100;
const RETRY_AFTER_SECONDS = 5;

/**
 * Returns a function that puts the gate in front of what renders pages: few at once, a short queue, then 503. Requests
 * of machines and static files pass by it.
 */
export function createPageGate({ holdMs, isStaff, ...options }: PageGateOptions) {
  const slots = createPageSlots(options);
  const { timer } = options;

  return (render: Handler): Handler =>
    async (request, response) => {
      if (!isRendered(request)) return render(request, response);
      const { clientAddress } = requestContext();
      const hasLeft = new AbortController();
      const leave = () => hasLeft.abort();
      response.once("close", leave);
      const lane = (await isStaff(request)) ? "staff" : "anonymous";
      const slot = await slots.take({ lane, address: clientAddressKey(clientAddress) }, hasLeft.signal);
      response.off("close", leave);
      if (slot === "left") return;
      if (slot === "refused") return refuse(request, response);
      const stopHolding = releaseInTime(response, slot);
      try {
        await render(request, response);
      } finally {
        stopHolding();
      }
    };

  /** Returns the slot as soon as the answer is made, whatever the reader or a render that hangs does then. */
  function releaseInTime(response: ServerResponse, release: () => void): () => void {
    let heldMs = 0;
    let stopTimer = () => {};
    const stop = () => {
      stopTimer();
      release();
    };
    const look = () => {
      heldMs += LOOK_MS;
      if (heldMs >= holdMs || isWaitingForReader(response)) return stop();
      stopTimer = timer(LOOK_MS, look);
    };
    stopTimer = timer(LOOK_MS, look);
    // "prefinish" is emitted when the answer was given to Node.js whole, "finish" not before the reader has taken it.
    response.once("prefinish", stop).once("close", stop);
    return stop;
  }
}

/** Says with 503 (RFC 9110 §15.6.4) when to come again. The scripts of a page read a line better than a page. */
function refuse(request: IncomingMessage, response: ServerResponse): void {
  const refusal: Refusal = {
    status: 503,
    reason: "Too many pages are being asked for. Try again in a few seconds.",
    headers: { "Retry-After": String(RETRY_AFTER_SECONDS) },
    ...(isOfScript(request) ? {} : { page: busyPage() }),
  };
  reportRefusal(refusal, requestContext());
  answerRefusal(request, response, refusal, "text", "");
}

/** A file that is written while it is read may take as long as its reader likes. */
function isWaitingForReader(response: ServerResponse): boolean {
  return response.writableNeedDrain || response.hasHeader("Content-Disposition");
}

/** Whether a script of a page asks, and not a person. */
export function isOfScript({ headers }: IncomingMessage): boolean {
  return headers.rsc !== undefined || headers["next-action"] !== undefined;
}

/** False for what Next answers from a file, and for what is no page. */
function isRendered(request: IncomingMessage): boolean {
  const target = readRequestTarget(request.url ?? "");
  if (target === undefined) return true;
  if (findEndpoint(target).surface.style !== "text") return false;
  return !(target.pathname.startsWith("/_next/static/") && isPlainRead(request));
}

/** Next renders a page to refuse another method of a file, a range that it does not have, or a condition that fails. */
function isPlainRead({ method, headers }: IncomingMessage): boolean {
  const conditions = [headers.range, headers["if-match"], headers["if-unmodified-since"]];
  return (method === "GET" || method === "HEAD") && conditions.every((condition) => condition === undefined);
}
