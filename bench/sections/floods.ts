import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Bench } from "../bench";
import { interleave } from "../harness/interleave";
import { type LoadJob, type LoadRequest, type LoadResult, runLoad } from "../harness/load";
import { CONNECTIONS, TOKEN_PATH, tokenRequest, tokenRequests } from "../load/requests";
import { percentile, summarise } from "../report/statistics";
import { toFigure, toSpread, toTable } from "../report/table";

const GOOD_PER_SECOND = 20;
const FORGED_PER_SECOND = 400;
const LOADERS = 4;
/** So that the good client finds the flood at its height, and the flood outlasts it. */
const LEAD_SECONDS = 1;
/** Floods come from another address than the client that they are to keep out. */
const [GOOD_ADDRESS, FLOOD_ADDRESS] = ["127.0.0.2", "127.0.0.3"];

type Flood = { name: string; job?: Omit<LoadJob, "seconds" | "origin" | "localAddress"> };
type Outcome = { good: LoadResult; floodPerSecond: number | undefined };

/** What a good client still gets while somebody else wears the server out. */
export async function measureFloods(bench: Bench): Promise<string> {
  const { options, say } = bench;
  const seconds = options.seconds * (options.isQuick ? 2 : 3);
  const floods = listFloods(bench);
  const outcomes = new Map(floods.map(({ name }) => [name, [] as Outcome[]]));
  // Rounds are long here: a percentile needs many requests.
  const rounds = Math.ceil(options.rounds / 3);
  for (const [index, order] of interleave(floods, rounds).entries()) {
    say(`round ${index + 1} of ${rounds}`);
    for (const flood of order) outcomes.get(flood.name)?.push(await measureBeside(bench, flood, seconds));
  }
  const head = ["beside", "answered", "of", "p50 ms", "p99 ms", "flood: answers/s"];
  const asked = Math.round(GOOD_PER_SECOND * seconds);
  const rows = floods.map(({ name }) => {
    const found = outcomes.get(name) ?? [];
    const spread = (read: (outcome: Outcome) => number) => toSpread(summarise(found.map(read)));
    return [
      name,
      spread(({ good }) => good.latencies.length - good.unanswered),
      toFigure(asked),
      spread(({ good }) => percentile(good.latencies, 0.5)),
      spread(({ good }) => percentile(good.latencies, 0.99)),
      found[0]?.floodPerSecond === undefined ? "–" : spread(({ floodPerSecond }) => floodPerSecond ?? 0),
    ];
  });
  return `### Floods

A good client asks for ${GOOD_PER_SECOND} tokens a second, whatever becomes of the earlier ones; its times count from the moment at which it
wanted to ask.

${toTable(head, rows)}
`;
}

function listFloods({ vestibule }: Bench): Flood[] {
  const { applications } = vestibule.fixtures;
  const forged = Array.from({ length: 200 }, (_, index) => {
    const { clientId = "", clientSecret = "" } = applications[index % applications.length] ?? {};
    // The shape of a secret, with a tag that is wrong.
    const tag = randomBytes(11).toString("hex");
    return tokenRequest(TOKEN_PATH, { clientId, clientSecret: clientSecret.replace(/[^_]+$/, tag) }, {});
  });
  const page = get("/developers/reference");
  const junk = ["/api/external", "/api/oauth", "/external-api/v1.0", ""].flatMap((prefix) =>
    Array.from({ length: 50 }, (_, index) => get(`${prefix}/junk-${index}`)),
  );
  return [
    { name: "nobody" },
    {
      name: `${FORGED_PER_SECOND} forged secrets a second`,
      job: { connections: 64, requests: forged, expected: 401, perSecond: FORGED_PER_SECOND },
    },
    {
      name: `${LOADERS} anonymous readers of /developers/reference`,
      job: { connections: LOADERS, requests: [page], expected: 200 },
    },
    {
      name: `${CONNECTIONS} connections that ask for addresses that are not there`,
      job: { connections: CONNECTIONS, requests: junk, expected: 404 },
    },
  ];
}

function get(path: string): LoadRequest {
  return { method: "GET", path, headers: { accept: "*/*" } };
}

async function measureBeside({ vestibule, cores }: Bench, { job }: Flood, seconds: number): Promise<Outcome> {
  const { origin, fixtures } = vestibule;
  const length = seconds + 2 * LEAD_SECONDS;
  const flood = job && runLoad({ ...job, origin, localAddress: FLOOD_ADDRESS, seconds: length }, cores);
  // A failure is told when it is waited for, not before.
  flood?.catch(() => {});
  await wait(LEAD_SECONDS * 1_000);
  const good = await runLoad(
    {
      origin,
      localAddress: GOOD_ADDRESS,
      connections: CONNECTIONS,
      seconds,
      requests: tokenRequests(TOKEN_PATH, fixtures.applications, fixtures.people),
      expected: 200,
      perSecond: GOOD_PER_SECOND,
    },
    cores,
  );
  const result = await flood;
  if (result === undefined) return { good, floodPerSecond: undefined };
  const others = Object.values(result.unexpected).reduce((sum, count) => sum + count, 0);
  return { good, floodPerSecond: (result.latencies.length - result.unanswered + others) / length };
}
