import type { IncomingMessage, ServerResponse } from "node:http";
import { createPageGate, PAGE_GATE, type PageGateOptions } from "@/lib/server/pages/page-gate";
import type { useWireServer } from "./wire-server";
import { HEAD } from "./wire-server";

type Render = { url: string; response: ServerResponse; end: () => void; fail: (error: Error) => void };

/**
 * A server with one slot, or as many as `options` say, whose pages end when the test says so. Time passes with
 * `passTime`; a request with `Cookie: staff` counts as one of staff.
 */
export async function listenBehindGate(
  listen: ReturnType<typeof useWireServer>["listen"],
  options: Partial<PageGateOptions> = {},
) {
  const timers = new Set<{ ms: number; done: () => void }>();
  const throughGate = createPageGate({
    ...PAGE_GATE,
    concurrent: 1,
    isStaff: async ({ headers }) => headers.cookie === "staff",
    timer(ms, done) {
      const one = { ms, done };
      timers.add(one);
      return () => timers.delete(one);
    },
    ...options,
  });
  const renders: Render[] = [];
  const watchers = new Set<() => void>();
  const application = throughGate(
    (request: IncomingMessage, response: ServerResponse) =>
      new Promise((resolve, reject) => {
        const end = () => {
          response.end("page");
          resolve();
        };
        renders.push({ url: request.url ?? "", response, end, fail: reject });
        for (const watch of watchers) watch();
      }),
  );
  const { port, send, failures, server } = await listen({ application });
  return {
    port,
    server,
    failures,
    renders,
    get: (path: string, ...fields: string[]) => send(`GET ${path} HTTP/1.1`, ...HEAD, ...fields, "", ""),
    send,
    /** Resolves when so many pages have begun. */
    begun: (count: number) =>
      new Promise<void>((resolve) => {
        const watch = () => {
          if (renders.length < count) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
      }),
    /** Resolves when so many requests wait for a slot. */
    async waits(count: number) {
      while ([...timers].filter(({ ms }) => ms === PAGE_GATE.waitMs).length !== count) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    /** What a timer was set for so many milliseconds for happens. */
    passTime(ms: number) {
      for (const one of [...timers].filter((each) => each.ms === ms)) {
        timers.delete(one);
        one.done();
      }
    },
  };
}
