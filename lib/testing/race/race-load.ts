import { GET, POST } from "@/app/api/external/rooms/route";
import { m2mApi } from "@/lib/machine/m2m-api";
import { askForToken, callExternal } from "@/lib/testing/machine/machine-requests";

/** What to ask with, in one round. */
export type RaceCredentials = { clientId: string; secret: string; token: string };
const RACE_REQUESTS = ["token", "list", "create"] as const;
export type RaceRequest = (typeof RACE_REQUESTS)[number];

/** What came of the requests of one kind, by whether they started before a moment or after it. */
type RaceCount = { succeededBefore: number; succeededAfter: number; refusedAfter: number };
export type RaceReport = Record<RaceRequest, RaceCount>;

type Outcome = { request: RaceRequest; startedAt: number; isSuccess: boolean };

/** How many requests of each kind have to start after the moment before a round is over. */
const AFTER_MIN = 3;
/** How many of each kind are on their way at once, in each process. */
const LANES = 1;

/** Nanoseconds on the clock that all processes of a machine share. */
export const moment = () => Number(process.hrtime.bigint());

/**
 * Asks for tokens and calls the rooms API of this process without a pause. `begun` resolves when each kind has succeeded
 * once; `finish` goes on until enough requests have started after the moment and ended, and tells what came of all.
 */
export function startLoad(credentials: RaceCredentials): {
  begun: Promise<void>;
  finish(endedAt: number): Promise<RaceReport>;
} {
  const outcomes: Outcome[] = [];
  let endedAt = Number.POSITIVE_INFINITY;
  let announce = () => {};
  const begun = new Promise<void>((resolve) => {
    announce = resolve;
  });
  const count = (request: RaceRequest, isCounted: (outcome: Outcome) => boolean) =>
    outcomes.filter((outcome) => outcome.request === request && isCounted(outcome)).length;
  const isOver = (request: RaceRequest) => count(request, ({ startedAt }) => startedAt > endedAt) >= AFTER_MIN;

  async function run(request: RaceRequest, lane: number): Promise<void> {
    while (!isOver(request)) {
      const startedAt = moment();
      const { status } = await send(request, credentials, lane);
      outcomes.push({ request, startedAt, isSuccess: status < 300 });
      if (RACE_REQUESTS.every((each) => count(each, ({ isSuccess }) => isSuccess) > 0)) announce();
    }
  }
  const lanes = RACE_REQUESTS.flatMap((request) => Array.from({ length: LANES }, (_, lane) => run(request, lane)));
  const all = Promise.all(lanes);
  return {
    // What fails in a lane must not be waited for in vain.
    begun: Promise.race([begun, all.then(() => {})]),
    async finish(moment) {
      endedAt = moment;
      await all;
      const reportOf = (request: RaceRequest): RaceCount => ({
        succeededBefore: count(request, ({ startedAt, isSuccess }) => isSuccess && startedAt <= moment),
        succeededAfter: count(request, ({ startedAt, isSuccess }) => isSuccess && startedAt > moment),
        refusedAfter: count(request, ({ startedAt, isSuccess }) => !isSuccess && startedAt > moment),
      });
      return { token: reportOf("token"), list: reportOf("list"), create: reportOf("create") };
    },
  };
}

function send(request: RaceRequest, { clientId, secret, token }: RaceCredentials, lane: number) {
  // Addresses of its own for each lane: refusals must not hide behind a limit.
  if (request === "token") return askForToken(m2mApi(), { clientId, secret }, { address: `203.0.113.${lane}` });
  if (request === "list") return callExternal(GET, { token });
  const headers = { "Content-Type": "application/json" };
  return callExternal(POST, { token, method: "POST", headers, body: "{}" });
}
