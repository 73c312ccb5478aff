import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { captureLog } from "@/lib/testing/machine/machine-requests";
import type { LogFields } from "./logger";
import { createRefusalLog } from "./refusal-log";

let captured: ReturnType<typeof captureLog>;
let waiting: { work: () => void; milliseconds: number }[];
let logRefusal: ReturnType<typeof createRefusalLog>;

beforeEach(() => {
  captured = captureLog();
  waiting = [];
  logRefusal = createRefusalLog({ schedule: (work, milliseconds) => waiting.push({ work, milliseconds }) });
});
afterEach(() => captured.stop());

const lines = () => captured.lines.map((line): Record<string, unknown> => JSON.parse(line));
const eventsOf = (event: string) => lines().filter((line) => line.event === event);

function refuse(times: number, fields: Omit<LogFields, "event"> & { client_id?: string; event?: LogFields["event"] }) {
  for (let time = 0; time < times; time += 1) logRefusal({ event: "token_refused", ...fields }, "Token refused");
}

/** Lets the second of all that was scheduled end. */
function endSecond(): void {
  expect(waiting.every(({ milliseconds }) => milliseconds === 1_000)).toBe(true);
  for (const { work } of waiting.splice(0)) work();
}

describe("refusals", () => {
  it("are told of one by one, while there are few", () => {
    refuse(20, { reason: "bad_tag", client_address: "192.0.2.7" });
    endSecond();
    expect(lines()).toEqual(
      Array(20).fill({
        level: "info",
        time: expect.any(String),
        event: "token_refused",
        reason: "bad_tag",
        client_address: "192.0.2.7",
        msg: "Token refused",
      }),
    );
  });

  it("of a flood are counted in one line, by reason", () => {
    refuse(20, { reason: "bad_tag" });
    refuse(300, { reason: "bad_tag" });
    refuse(80, { reason: "unknown_client" });
    expect(lines()).toHaveLength(20);
    endSecond();
    expect(lines().at(-1)).toEqual({
      level: "info",
      time: expect.any(String),
      event: "refusals_not_logged",
      of: "token_refused",
      count: 380,
      reasons: { bad_tag: 300, unknown_client: 80 },
      msg: "Refusals that came too fast to be logged one by one",
    });
    expect(lines()).toHaveLength(21);
  });

  it("are told of again in the next second", () => {
    refuse(21, { reason: "bad_tag" });
    endSecond();
    refuse(21, { reason: "bad_tag" });
    endSecond();
    expect(eventsOf("token_refused")).toHaveLength(40);
    expect(eventsOf("refusals_not_logged")).toHaveLength(2);
    expect(waiting).toEqual([]);
  });

  it("of strangers leave a line to a client that has proved itself, and to other events", () => {
    refuse(500, { reason: "bad_tag" });
    refuse(1, { reason: "scope_not_granted", client_id: "calendar" });
    refuse(1, { reason: "token_malformed", event: "external_refused" });
    expect(lines().slice(20)).toMatchObject([
      { event: "token_refused", client_id: "calendar" },
      { event: "external_refused", reason: "token_malformed" },
    ]);
  });

  it("of one client leave a line to another", () => {
    refuse(500, { reason: "scope_not_granted", client_id: "calendar" });
    refuse(1, { reason: "scope_not_granted", client_id: "booking" });
    expect(lines().at(-1)).toMatchObject({ client_id: "booking" });
  });
});
