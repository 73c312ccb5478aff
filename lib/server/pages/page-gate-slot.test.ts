import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { listenBehindGate } from "@/lib/testing/process/gated-server";
import { HEAD, useWireServer } from "@/lib/testing/process/wire-server";
import { drainServer } from "../shutdown";
import { LOOK_MS, type PageGateOptions } from "./page-gate";

const { listen } = useWireServer();
const gateOf = (options: Partial<PageGateOptions> = {}) => listenBehindGate(listen, options);

const NEVER_MS = Number.POSITIVE_INFINITY;

describe("a slot", () => {
  it("is kept for staff: no number of strangers takes the last one", async () => {
    const { get, begun, renders } = await gateOf({ concurrent: 2, queueLength: 0 });
    const stranger = get("/sign-in");
    await begun(1);
    expect((await get("/sign-in")).status).toBe(503);
    const member = get("/applications", "Cookie: staff");
    await begun(2);
    expect(renders.map(({ url }) => url)).toEqual(["/sign-in", "/applications"]);
    for (const { end } of renders) end();
    await Promise.all([stranger, member]);
  });

  it("goes to who waits when the page before is finished, and each is answered", async () => {
    const { get, begun, renders } = await gateOf();
    const first = get("/a");
    await begun(1);
    const second = get("/b");
    renders[0]?.end();
    await begun(2);
    renders[1]?.end();
    expect([(await first).body, (await second).body]).toEqual(["page", "page"]);
  });

  it("is free again after a page that failed, and the failure goes where it went before", async () => {
    const { get, begun, renders, failures } = await gateOf();
    const first = get("/a");
    await begun(1);
    const error = new Error("broken");
    renders[0]?.fail(error);
    expect((await first).status).toBe(500);
    const second = get("/b");
    await begun(2);
    renders[1]?.end();
    expect([(await second).status, failures]).toEqual([200, [error]]);
  });

  it("is free again when the browser hangs up, whatever the page does", async () => {
    const { get, begun, renders, port } = await gateOf();
    const socket = connect(port, "127.0.0.1");
    socket.write(`GET /a HTTP/1.1\r\n${HEAD.join("\r\n")}\r\n\r\n`);
    await begun(1);
    socket.destroy();
    const second = get("/b");
    await begun(2);
    renders[1]?.end();
    expect((await second).status).toBe(200);
  });

  it("is given to nobody who has hung up while they waited", async () => {
    const { get, begun, renders, waits, port } = await gateOf();
    const first = get("/a");
    await begun(1);
    const socket = connect(port, "127.0.0.1");
    socket.write(`GET /gone HTTP/1.1\r\n${HEAD.join("\r\n")}\r\n\r\n`);
    await waits(1);
    socket.destroy();
    await waits(0);
    renders[0]?.end();
    await first;
    const second = get("/b");
    await begun(2);
    renders[1]?.end();
    expect((await second).status).toBe(200);
    expect(renders.map(({ url }) => url)).toEqual(["/a", "/b"]);
  });

  it("comes to those who wait when the server stops, and nobody is cut off", async () => {
    const { get, begun, renders, waits, server } = await gateOf();
    const first = get("/a");
    await begun(1);
    const second = get("/b");
    await waits(1);
    const drained = drainServer(server);
    renders[0]?.end();
    await begun(2);
    renders[1]?.end();
    await drained;
    expect([(await first).body, (await second).body]).toEqual(["page", "page"]);
  });

  it("is not kept by a page that hangs", async () => {
    const { get, begun, renders, waits, passTime } = await gateOf({ holdMs: 3 * LOOK_MS });
    const hanging = get("/a");
    await begun(1);
    const second = get("/b");
    await waits(1);
    passTime(LOOK_MS);
    passTime(LOOK_MS);
    expect(renders).toHaveLength(1);
    passTime(LOOK_MS);
    await begun(2);
    for (const { end } of renders) end();
    expect([(await hanging).status, (await second).status]).toEqual([200, 200]);
  });

  it("is not kept by who reads slowly: the rest of a page that is written goes out without it", async () => {
    const { get, begun, renders, waits, passTime, port } = await gateOf({ holdMs: NEVER_MS });
    const socket = connect(port, "127.0.0.1").pause();
    socket.write(`GET /a HTTP/1.1\r\n${HEAD.join("\r\n")}\r\n\r\n`);
    await begun(1);
    const response = renders[0]?.response;
    // More than the kernel takes for a socket that nobody reads.
    response?.write(Buffer.alloc(64 * 1024 * 1024));
    const second = get("/b");
    await waits(1);
    passTime(LOOK_MS);
    await begun(2);
    renders[1]?.end();
    expect((await second).status).toBe(200);
    socket.destroy();
  });

  it("is not kept by a file that is written while it is read", async () => {
    const { get, begun, renders, waits, passTime } = await gateOf({ holdMs: NEVER_MS });
    const file = get("/audit/export?format=csv");
    await begun(1);
    renders[0]?.response.setHeader("Content-Disposition", "attachment");
    const second = get("/b");
    await waits(1);
    passTime(LOOK_MS);
    await begun(2);
    for (const { end } of renders) end();
    expect([(await file).status, (await second).status]).toEqual([200, 200]);
  });
});
