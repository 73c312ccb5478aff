import { EventEmitter } from "node:events";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { addToCounter, resetMetrics } from "@/lib/observability/metrics/metrics";
import { joinWorkerMetrics, serveWorkerMetrics } from "./worker-metrics";

type Channel = Parameters<typeof serveWorkerMetrics>[0];
type Message = Parameters<Channel["send"]>[0];

beforeEach(resetMetrics);

/** The two ends of a channel between processes: what one sends the other gets, later. `cut` loses all that is sent. */
function makeChannel(): { here: Channel; there: Channel; cut: () => void } {
  const ends = [new EventEmitter(), new EventEmitter()] as const;
  let isCut = false;
  const endOf = (own: EventEmitter, other: EventEmitter): Channel => ({
    send: (message: Message) => void queueMicrotask(() => isCut || other.emit("message", structuredClone(message))),
    on: (event, listener) => void own.on(event, listener),
    off: (event, listener) => void own.off(event, listener),
  });
  const cut = () => {
    isCut = true;
  };
  return { here: endOf(ends[0], ends[1]), there: endOf(ends[1], ends[0]), cut };
}

/** A parent with so many workers. All are this process here, so all have the same numbers. */
function startGroup(count: number) {
  const channels = Array.from({ length: count }, makeChannel);
  const all = () => channels.map(({ here }) => here);
  for (const { here } of channels) serveWorkerMetrics(here, all, 50);
  return { channels, readers: channels.map(({ there }) => joinWorkerMetrics(there)) };
}

const numberOf = (text: string | undefined, name: string) =>
  Number(
    text
      ?.split("\n")
      .find((line) => line.startsWith(`${name} `))
      ?.split(" ")[1],
  );

describe("a worker that is asked for the metrics", () => {
  it("answers for all of them, and for the process that has started them", async () => {
    addToCounter("vestibule_token_issued_total", 7);
    const { readers } = startGroup(3);
    const text = await readers[1]?.();
    expect(numberOf(text, "vestibule_workers")).toBe(3);
    expect(numberOf(text, "vestibule_token_issued_total")).toBe(4 * 7);
  });

  it("answers without one that is silent, and says so", async () => {
    const { readers, channels } = startGroup(3);
    channels[2]?.cut();
    expect(numberOf(await readers[0]?.(), "vestibule_workers")).toBe(2);
  });

  it("gives each who asks at the same moment an answer of their own", async () => {
    const { readers } = startGroup(2);
    const texts = await Promise.all([readers[0]?.(), readers[1]?.(), readers[0]?.()]);
    expect(texts.map((text) => numberOf(text, "vestibule_workers"))).toEqual([2, 2, 2]);
  });

  it("fails when the process that has started it is silent, rather than answer for itself alone", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { readers, channels } = startGroup(1);
    channels[0]?.cut();
    const failure = expect(readers[0]?.()).rejects.toThrow("The metrics of all workers were not collected in time.");
    await vi.advanceTimersByTimeAsync(5_000);
    await failure;
    vi.useRealTimers();
  });

  it("listens no longer than it has to", async () => {
    const emitters = new EventEmitter();
    const parent: Channel = {
      send: (message) =>
        void queueMicrotask(() =>
          emitters.emit("message", { kind: "metrics", id: "id" in message ? message.id : 0, text: "x 1\n" }),
        ),
      on: (event, listener) => void emitters.on(event, listener),
      off: (event, listener) => void emitters.off(event, listener),
    };
    const read = joinWorkerMetrics(parent);
    for (let asked = 0; asked < 5; asked += 1) expect(await read()).toBe("x 1\n");
    // The one that waits to be asked.
    expect(emitters.listenerCount("message")).toBe(1);
  });
});
