import "server-only";

import type { IncomingMessage, ServerResponse } from "node:http";
import { requestContext } from "@/lib/http/request-context";
import type { ReadinessObstacle } from "../health/check-readiness";
import { outagePage } from "../refusal/outage-page";
import { answerRefusal, type Refusal } from "../refusal/refusal";
import { isOfScript } from "./page-gate";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Chunk = { bytes: string | Uint8Array; encoding: BufferEncoding };

/** What a page can fail for that is over by itself, or when somebody has looked after the database. */
const OUTAGES: ReadonlySet<ReadinessObstacle> = new Set([
  "database_away",
  "read_only",
  "not_permitted",
  "database_full",
]);
const RETRY_AFTER_SECONDS = 5;
/** What the answer that is thrown away said of itself. */
const ABOUT_THE_BODY = /^(?:content-(?:encoding|language|disposition)|etag|link|transfer-encoding|x-nextjs-.*)$/;

/**
 * Puts a 503 with a time to come back, and a page that has the request id, in the place of a failure (500) of what is
 * rendered, if the database cannot be used at that moment. Any other failure stays what it is. `findObstacle` is asked
 * only when something has failed.
 */
export function createOutagePages(findObstacle: () => Promise<ReadinessObstacle | undefined>) {
  return (render: Handler): Handler =>
    (request, response) => {
      const { requestId } = requestContext();
      holdFailure(response, async () => {
        const obstacle = await findObstacle();
        if (obstacle === undefined || !OUTAGES.has(obstacle)) return false;
        for (const name of response.getHeaderNames()) if (ABOUT_THE_BODY.test(name)) response.removeHeader(name);
        const refusal: Refusal = {
          status: 503,
          reason: "The portal cannot reach its data now. Try again in a few seconds.",
          headers: { "Retry-After": String(RETRY_AFTER_SECONDS) },
          ...(isOfScript(request) ? {} : { page: outagePage(requestId) }),
        };
        answerRefusal(request, response, refusal, "text", "");
        return true;
      });
      return render(request, response);
    };
}

/**
 * Keeps an answer of status 500 back until it is whole, and asks `replace` then; it is sent if that resolves to false. Any
 * other answer passes as it is written.
 */
function holdFailure(response: ServerResponse, replace: () => Promise<boolean>): void {
  const { writeHead, write, end, flushHeaders } = response;
  const held: Chunk[] = [];
  const isHeld = () => response.statusCode === 500 && !response.headersSent;
  const keep = (bytes: unknown, encoding: unknown) => {
    if (typeof bytes !== "string" && !(bytes instanceof Uint8Array)) return;
    held.push({ bytes, encoding: typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8" });
  };
  const release = () => Object.assign(response, { writeHead, write, end, flushHeaders });

  async function settle(): Promise<void> {
    release();
    if (await replace().catch(() => false)) return;
    for (const { bytes, encoding } of held) response.write(bytes, encoding);
    response.end();
  }
  Object.assign(response, {
    writeHead(status: number, ...rest: unknown[]) {
      response.statusCode = status;
      if (!isHeld()) return Reflect.apply(writeHead, response, [status, ...rest]);
      for (const [name, value] of Object.entries(rest.at(-1) ?? {})) response.setHeader(name, value);
      return response;
    },
    flushHeaders() {
      if (!isHeld()) Reflect.apply(flushHeaders, response, []);
    },
    write(...args: unknown[]) {
      if (!isHeld()) return Reflect.apply(write, response, args);
      keep(args[0], args[1]);
      callBack(args);
      return true;
    },
    end(...args: unknown[]) {
      if (!isHeld()) return Reflect.apply(end, response, args);
      keep(args[0], args[1]);
      response.once("finish", () => callBack(args));
      void settle();
      return response;
    },
  });
}

function callBack(args: readonly unknown[]): void {
  const done = args.at(-1);
  if (typeof done === "function") done();
}
