import { Agent, createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { createShutdown, drainServer } from "./shutdown";

function recorded(options: { failing?: string } = {}) {
  const events: string[] = [];
  let time = 0;
  let finish: () => void = () => {};
  let reportExit: () => void = () => {};
  const started = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const exited = new Promise<void>((resolve) => {
    reportExit = resolve;
  });
  const shutdown = createShutdown({
    started: () => started,
    steps: ["server", "database", "lock"].map((name) => ({
      name,
      close: async () => {
        events.push(`close ${name}`);
        if (name === options.failing) throw new Error("broken");
      },
    })),
    onFailure: (_error, step) => events.push(`failed ${step}`),
    exit: (code) => {
      events.push(`exit ${code}`);
      reportExit();
    },
    now: () => time,
  });
  const passTime = (ms: number) => {
    time += ms;
  };
  return { events, shutdown, exited, finish, passTime };
}

describe("createShutdown", () => {
  it("closes everything in order and exits with 0", async () => {
    const { events, shutdown, exited, finish } = recorded();
    finish();
    shutdown.request();
    await exited;
    expect(events).toEqual(["close server", "close database", "close lock", "exit 0"]);
  });

  it("waits for a start that is under way before it closes anything", async () => {
    const { events, shutdown, exited, finish } = recorded();
    shutdown.request();
    expect(shutdown.isRequested()).toBe(true);
    await Promise.resolve();
    expect(events).toEqual([]);
    finish();
    await exited;
    expect(events[0]).toBe("close server");
  });

  it("goes on after a step that fails, and exits with 1", async () => {
    const { events, shutdown, exited, finish } = recorded({ failing: "database" });
    finish();
    shutdown.request();
    await exited;
    expect(events).toEqual(["close server", "close database", "failed database", "close lock", "exit 1"]);
  });

  it("closes everything in order and exits with 1 when the process cannot go on", async () => {
    const { events, shutdown, exited, finish } = recorded();
    finish();
    shutdown.fail();
    await exited;
    expect(events).toEqual(["close server", "close database", "close lock", "exit 1"]);
  });

  it("exits at once when the process cannot even close", () => {
    const { events, shutdown } = recorded();
    shutdown.request();
    shutdown.fail();
    expect(events).toEqual(["exit 1"]);
  });

  it("takes a signal that comes twice at once for one", async () => {
    const { events, shutdown, exited, finish, passTime } = recorded();
    shutdown.request();
    passTime(999);
    shutdown.request();
    expect(events).toEqual([]);
    finish();
    await exited;
    expect(events.at(-1)).toBe("exit 0");
  });

  it("exits at once when it is asked again later", () => {
    const { events, shutdown, passTime } = recorded();
    shutdown.request();
    passTime(1_000);
    shutdown.request();
    expect(events).toEqual(["exit 130"]);
  });
});

describe("drainServer", () => {
  it("lets an answer under way finish, refuses new connections, and does not wait for kept-alive ones", async () => {
    let answer: () => void = () => {};
    const server = createServer({ keepAliveTimeout: 60_000 });
    const arrived = new Promise<void>((resolve) => {
      server.once("request", (_request, response) => {
        answer = () => response.end("whole");
        resolve();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // A server that listens on a port has an address with a port.
    const { port } = server.address() as AddressInfo;
    const body = new Promise<string>((resolve, reject) => {
      get({ host: "127.0.0.1", port }, (response) => {
        response.setEncoding("utf8").once("data", resolve);
      }).on("error", reject);
    });
    await arrived;
    const drained = drainServer(server);
    const refused = new Promise((resolve) => get({ host: "127.0.0.1", port }).on("error", resolve));
    expect(await refused).toMatchObject({ code: "ECONNREFUSED" });
    answer();
    expect(await body).toBe("whole");
    await drained;
  });

  it("behind a proxy answers what comes on a connection that is open, and ends idle ones a moment later", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const server = createServer((_request, response) => response.end("answered"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = () =>
      new Promise<string>((resolve, reject) => {
        get({ host: "127.0.0.1", port, agent }, (response) => {
          response.setEncoding("utf8").once("data", resolve);
        }).on("error", reject);
      });
    expect(await ask()).toBe("answered");
    let isDrained = false;
    const drained = drainServer(server, { idleMs: 1_000 }).then(() => {
      isDrained = true;
    });
    await vi.advanceTimersByTimeAsync(999);
    expect(await ask()).toBe("answered");
    expect(isDrained).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await drained;
    agent.destroy();
    vi.useRealTimers();
  });

  it("cuts off what does not finish in time", async () => {
    const stuck = createServer(() => {});
    await new Promise<void>((resolve) => stuck.listen(0, "127.0.0.1", resolve));
    const { port } = stuck.address() as AddressInfo;
    const cut = new Promise((resolve) => {
      stuck.once("request", () => resolve(drainServer(stuck, { limitMs: 20 })));
    });
    const failure = new Promise((resolve) => get({ host: "127.0.0.1", port }).on("error", resolve));
    await cut;
    expect(await failure).toMatchObject({ code: "ECONNRESET" });
  });
});
