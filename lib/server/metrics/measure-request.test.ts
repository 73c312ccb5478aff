import { connect } from "node:net";
import { beforeEach, expect, it, vi } from "vitest";
import { collectMetrics, formatMetrics, resetMetrics } from "@/lib/observability/metrics/metrics";
import { HEAD, useWireServer } from "@/lib/testing/process/wire-server";

const { listen } = useWireServer();
const NAME = "vestibule_http_request_duration_seconds";
const SECRET = "0193575a-0000-7000-8000-00000000dead";

beforeEach(resetMetrics);

/** What was counted: the labels of each series, and how often. */
async function counted(): Promise<string[]> {
  const text = await formatMetrics([await collectMetrics()]);
  return text.split("\n").filter((line) => line.startsWith(`${NAME}_count`));
}

const series = (method: string, route: string, status: number | string, count = 1) =>
  `${NAME}_count{method="${method}",route="${route}",status="${status}"} ${count}`;

const pageRoute = (path: string) => (path === "/rooms/x" ? "/rooms/[roomId]" : "unknown");

it.each([
  ["GET", `/api/external/rooms/${SECRET}`, "/api/external/rooms/[roomId]", 200],
  ["GET", `/api/external/rooms/?search=${SECRET}`, "/api/external/rooms", 200],
  ["GET", `/rooms/x?from=${SECRET}`, "/rooms/[roomId]", 200],
  ["GET", `/${SECRET}`, "unknown", 200],
  ["GET", `/api/oauth/${SECRET}`, "none", 404],
  ["TRACE", "/api/health/live", "/api/health/live", 405],
  ["PROPFIND", "/rooms/x", "/rooms/[roomId]", 405],
])(
  "%s %s is counted under its pattern, and nothing that was sent is in a label",
  async (method, path, route, status) => {
    const { send } = await listen({ pageRoute });
    expect((await send(`${method} ${path} HTTP/1.1`, ...HEAD, "", "")).status).toBe(status);
    const known = ["GET", "POST"].includes(method) ? method : "other";
    await vi.waitFor(async () => expect(await counted()).toEqual([series(known, route, status)]));
  },
);

it("a request whose target cannot be read is counted all the same", async () => {
  const { send } = await listen({ pageRoute });
  expect((await send("GET http://evil.example/ HTTP/1.1", ...HEAD, "", "")).status).toBe(400);
  await vi.waitFor(async () => expect(await counted()).toEqual([series("GET", "unknown", 400)]));
});

it("a caller that goes away before the answer is counted as closed", async () => {
  let arrived = () => {};
  const arrival = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const { port } = await listen({ pageRoute, application: async () => arrived() });
  const socket = connect(port, "127.0.0.1");
  socket.write(["GET /rooms/x HTTP/1.1", "Host: localhost:3000", "", ""].join("\r\n"));
  await arrival;
  socket.destroy();
  await vi.waitFor(async () => expect(await counted()).toEqual([series("GET", "/rooms/[roomId]", "closed")]));
});
