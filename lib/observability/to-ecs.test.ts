import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runWithRequestContext } from "@/lib/http/request-context";
import { captureLog } from "@/lib/testing/machine/machine-requests";
import { VERSION } from "@/lib/version";
import { LOG_EVENTS } from "./log-event";
import { log, setLogFormat } from "./logger";
import { toEcs } from "./to-ecs";

let captured: ReturnType<typeof captureLog>;
beforeEach(() => {
  captured = captureLog();
  setLogFormat("ecs");
});
afterEach(() => {
  setLogFormat("json");
  captured.stop();
});

const lines = () => captured.lines.map((line): unknown => JSON.parse(line));
const inRequest = (work: () => void) => runWithRequestContext({ clientAddress: "192.0.2.7", requestId: "req-9" }, work);

const BASE = {
  "@timestamp": expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/),
  "ecs.version": "8.11.0",
  service: { name: "vestibule", version: VERSION, type: "vestibule" },
};

describe("a line in the Elastic Common Schema", () => {
  it("has every field where the schema has it, and what is ours alone under our name", () => {
    inRequest(() =>
      log.info(
        {
          event: "external_refused",
          reason: "scope_missing" as never,
          method: "POST",
          path: "/api/external/rooms",
          status: 403,
          client_id: "gdo40",
          person_id: "0193",
          client_address: "192.0.2.7",
        },
        "Refused",
      ),
    );
    expect(lines()).toEqual([
      {
        ...BASE,
        "log.level": "info",
        message: "Refused",
        event: {
          kind: "event",
          dataset: "vestibule.log",
          outcome: "failure",
          action: "external_refused",
          reason: "scope_missing",
        },
        http: { request: { id: "req-9", method: "POST" }, response: { status_code: 403 } },
        url: { path: "/api/external/rooms" },
        client: { ip: "192.0.2.7" },
        user: { id: "0193" },
        vestibule: { client_id: "gdo40" },
      },
    ]);
  });

  it("has an error with its causes in the trace, and without its own fields", () => {
    const cause = Object.assign(new TypeError("inner"), { request: { secret: "s3cret" } });
    log.error({ event: "request_failed", err: Object.assign(new Error("outer", { cause }), { code: "E1" }) }, "Failed");
    expect(lines()).toEqual([
      {
        ...BASE,
        "log.level": "error",
        message: "Failed",
        event: { kind: "event", dataset: "vestibule.log", outcome: "failure", action: "request_failed" },
        error: {
          type: "Error",
          message: "outer",
          code: "E1",
          stack_trace: expect.stringMatching(/^Error: outer\n\s+at [\s\S]*\nCaused by: TypeError: inner\n\s+at /),
        },
      },
    ]);
    expect(captured.lines.join("")).not.toContain("s3cret");
  });

  it("says whatever can be thrown", () => {
    log.error({ event: "request_failed", err: "text" }, "Failed");
    expect(lines()).toEqual([expect.objectContaining({ error: { type: "string" } })]);
  });

  it("is one line that nobody can forge, and shows no secret", () => {
    const token = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";
    log.warn({ event: "not_ready", detail: `a"}\n{"log.level":"info"}\u2028${token}` }, token);
    expect(captured.lines).toHaveLength(1);
    expect(captured.lines[0]?.slice(0, -1)).not.toMatch(/[\n\u2028]/);
    expect(captured.lines.join("")).not.toContain(token);
  });

  it("is lifted by no field that bears the name of a part of the schema", () => {
    log.info({ event: "token_issued", ecs: "x", error: "y", client: "z", http: { a: 1 } }, "Tested");
    expect(lines()).toEqual([
      {
        ...BASE,
        "log.level": "info",
        message: "Tested",
        event: { kind: "event", dataset: "vestibule.log", outcome: "success", action: "token_issued" },
        vestibule: { ecs: "x", error: "y", client: "z", http: { a: 1 } },
      },
    ]);
  });

  it("is in our own names again after the format was changed back", () => {
    setLogFormat("json");
    log.info({ event: "token_issued" }, "Tested");
    expect(lines()).toEqual([{ level: "info", time: expect.any(String), event: "token_issued", msg: "Tested" }]);
  });
});

it("no event that is refused, fails or is lost counts as a success", () => {
  const outcomes = new Map(
    LOG_EVENTS.map((event) => [event, (toEcs({ event }).event as { outcome?: string }).outcome]),
  );
  const bad = LOG_EVENTS.filter((event) => /refused|failed|lost|not_|unreadable|uncaught|unhandled/.test(event));
  expect(bad.filter((event) => outcomes.get(event) === "success")).toEqual([]);
  expect([outcomes.get("token_issued"), outcomes.get("external_used"), outcomes.get("data_directory_open")]).toEqual([
    "success",
    "success",
    undefined,
  ]);
});
