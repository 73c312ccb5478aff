// Sends load and prints what came of it, as JSON. Reads a job (../harness/load.ts) from its standard input. A process of
// its own, so that it can be held to a core of its own.
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { Pool } from "undici";

/** Requests that may wait for an answer at once, where the rate is given: whoever floods keeps no more open either. */
const OPEN_MAX = 256;
/** Seconds that answers may come late and still be told from those that never came. */
const GRACE_SECONDS = 10;

const job = JSON.parse(await text(process.stdin));
const {
  origin,
  localAddress,
  connections,
  seconds,
  requests,
  expected,
  perSecond,
  enough = Number.POSITIVE_INFINITY,
} = job;
const pool = new Pool(origin, { connections, pipelining: 1, ...(localAddress ? { localAddress } : {}) });

const latencies = [];
const unexpected = {};
let [next, open, skipped] = [0, 0, 0];
const begun = performance.now();
const end = begun + seconds * 1_000;
let isOver = false;
/** What the first unexpected answer said. */
let sample = "";

if (perSecond === undefined) await Promise.all(Array.from({ length: connections }, sendOneAfterTheOther));
else await sendAtRate();
isOver = true;
// What is still open has waited at least until now.
const unanswered = open;

process.stdout.write(JSON.stringify({ latencies, unexpected, sample, skipped, unanswered }), () => process.exit(0));

/** Always one request under way, until the time is over. What is answered after it counts as nothing. */
async function sendOneAfterTheOther() {
  while (performance.now() < end && latencies.length < enough) await send(performance.now());
}

/** Requests at fixed moments, whether the earlier ones are answered or not; each is timed from its moment. */
async function sendAtRate() {
  const count = Math.round(seconds * perSecond);
  for (let sent = 0; sent < count; sent += 1) {
    const due = begun + (sent * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 1) await wait(early);
    if (open >= OPEN_MAX) skipped += 1;
    else void send(due);
  }
  const deadline = performance.now() + GRACE_SECONDS * 1_000;
  while (open > 0 && performance.now() < deadline) await wait(5);
  for (let index = 0; index < open; index += 1) latencies.push(performance.now() - begun);
}

function send(from) {
  const request = requests[next++ % requests.length];
  open += 1;
  return new Promise((resolve) => {
    let status = 0;
    const settle = (outcome) => {
      open -= 1;
      resolve();
      if (isOver || (perSecond === undefined && performance.now() > end)) return;
      if (outcome === expected) latencies.push(performance.now() - from);
      else unexpected[outcome] = (unexpected[outcome] ?? 0) + 1;
    };
    pool.dispatch(request, {
      onRequestStart() {},
      onResponseStart(_controller, statusCode) {
        status = statusCode;
      },
      onResponseData(_controller, chunk) {
        if (status !== expected && sample === "") sample = chunk.toString("utf8", 0, 500);
      },
      onResponseEnd: () => settle(status),
      onResponseError: (_controller, error) => settle(error.code ?? error.name),
    });
  });
}
