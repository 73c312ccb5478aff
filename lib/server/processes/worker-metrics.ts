import "server-only";

import type { Worker } from "node:cluster";
import { collectMetrics, formatMetrics, type ProcessMetrics, setGauge } from "@/lib/observability/metrics/metrics";

/** What the workers and the process that has started them tell each other about metrics. */
type Message =
  /** From a worker that was asked for the metrics of all. */
  | { kind: "metrics-wanted"; id: number }
  /** To each worker. */
  | { kind: "collect-metrics"; id: number }
  | { kind: "metrics-collected"; id: number; metrics: ProcessMetrics }
  /** To the worker that wanted them. */
  | { kind: "metrics"; id: number; text: string };

/** A way to another process: a worker, or the process that has started this one. */
type Channel = {
  send(message: Message): void;
  on(event: "message", listener: (message: Message) => void): void;
  off(event: "message", listener: (message: Message) => void): void;
};

/** Milliseconds that all wait for a worker that does not answer; less than a scrape waits for. */
const COLLECT_MS_MAX = 2_000;
/** Longer than the process that collects takes. */
const WAIT_MS_MAX = 5_000;

/** The channel of a worker, in either of its processes. One that has ended takes no messages, which is not worth an error. */
export function channelTo(worker: Worker): Channel {
  return {
    send: (message) => void (worker.isConnected() && worker.send(message, () => {})),
    on: (event, listener) => void worker.on(event, listener),
    off: (event, listener) => void worker.off(event, listener),
  };
}

/**
 * In the process that has started the workers: answers one of them that wants the metrics of all. Those of a worker that
 * does not answer in time are left out, which `vestibule_workers` shows.
 */
export function serveWorkerMetrics(asker: Channel, all: () => readonly Channel[], msMax = COLLECT_MS_MAX): void {
  asker.on("message", (message) => {
    if (message.kind !== "metrics-wanted") return;
    void collectFromAll(all(), msMax).then((text) => asker.send({ kind: "metrics", id: message.id, text }));
  });
}

let collections = 0;

async function collectFromAll(channels: readonly Channel[], msMax: number): Promise<string> {
  collections += 1;
  const id = collections;
  const answers = await Promise.all(channels.map((channel) => collectFrom(channel, id, msMax)));
  const collected = answers.filter((answer) => answer !== undefined);
  setGauge("vestibule_workers", collected.length);
  // The own numbers come first: that one is right in them.
  return formatMetrics([await collectMetrics(), ...collected]);
}

function collectFrom(channel: Channel, id: number, msMax: number): Promise<ProcessMetrics | undefined> {
  return new Promise((resolve) => {
    const end = (metrics?: ProcessMetrics) => {
      clearTimeout(timer);
      channel.off("message", listen);
      resolve(metrics);
    };
    const listen = (message: Message) => {
      if (message.kind === "metrics-collected" && message.id === id) end(message.metrics);
    };
    const timer = setTimeout(end, msMax);
    channel.on("message", listen);
    channel.send({ kind: "collect-metrics", id });
  });
}

/** In a worker: hands out its numbers when it is asked, and returns what asks for those of all. */
export function joinWorkerMetrics(parent: Channel): () => Promise<string> {
  parent.on("message", (message) => {
    if (message.kind !== "collect-metrics") return;
    void collectMetrics().then((metrics) => parent.send({ kind: "metrics-collected", id: message.id, metrics }));
  });
  let asked = 0;
  return () =>
    new Promise((resolve, reject) => {
      asked += 1;
      const id = asked;
      const end = (settle: () => void) => {
        clearTimeout(timer);
        parent.off("message", listen);
        settle();
      };
      const listen = (message: Message) => {
        if (message.kind === "metrics" && message.id === id) end(() => resolve(message.text));
      };
      const late = () => reject(new Error("The metrics of all workers were not collected in time."));
      const timer = setTimeout(() => end(late), WAIT_MS_MAX);
      parent.on("message", listen);
      parent.send({ kind: "metrics-wanted", id });
    });
}
