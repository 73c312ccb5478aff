import { describe, expect, it } from "vitest";
import { EnvironmentError } from "../environment-error";
import { parseEnvironment } from "../parse-environment";

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" };

async function refusalOf(environment: Record<string, string>) {
  const error = await parseEnvironment(environment).catch((thrown: unknown) => thrown);
  if (!(error instanceof EnvironmentError)) throw new Error("It was not refused.");
  expect(error.message).not.toContain("canary");
  return error.problems;
}

describe("where traces go", () => {
  it("is nowhere without an endpoint, whatever else is said of them", async () => {
    expect((await parseEnvironment({ OTEL_SERVICE_NAME: "rooms" })).tracing).toBeUndefined();
  });

  it("is an endpoint in the same network, over plain http, with every request and without a credential", async () => {
    expect((await parseEnvironment(ENDPOINT)).tracing).toEqual({
      endpoint: "http://collector:4318",
      headers: {},
      serviceName: "vestibule",
      share: 1,
    });
  });

  it("is read with the header fields, the name and the share that are given", async () => {
    const environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: "https://traces.example/otlp/",
      OTEL_EXPORTER_OTLP_HEADERS: "Authorization=Bearer%20canary%2C1, X-Tenant = rooms",
      OTEL_SERVICE_NAME: "Salles de réunion",
      OTEL_TRACES_SAMPLER_ARG: "0.05",
    };
    expect((await parseEnvironment(environment)).tracing).toEqual({
      endpoint: "https://traces.example/otlp",
      headers: { Authorization: "Bearer canary,1", "X-Tenant": "rooms" },
      serviceName: "Salles de réunion",
      share: 0.05,
    });
  });

  it.each([
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318", "must be an http or https URL"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "grpc://collector:4317", "must be an http or https URL"],
    [
      "OTEL_EXPORTER_OTLP_ENDPOINT",
      "https://user:canary@traces.example",
      "must have no user name, query or fragment; credentials go into OTEL_EXPORTER_OTLP_HEADERS",
    ],
    [
      "OTEL_EXPORTER_OTLP_ENDPOINT",
      "https://traces.example?key=canary",
      "must have no user name, query or fragment; credentials go into OTEL_EXPORTER_OTLP_HEADERS",
    ],
    ["OTEL_EXPORTER_OTLP_HEADERS", "Bearer canary", expect.stringMatching(/^must be NAME=VALUE/)],
    ["OTEL_EXPORTER_OTLP_HEADERS", "a=canary,,b=2", expect.stringMatching(/^must be NAME=VALUE/)],
    ["OTEL_EXPORTER_OTLP_HEADERS", "a=canary%0d%0aInjected: yes", expect.stringMatching(/^must be NAME=VALUE/)],
    ["OTEL_EXPORTER_OTLP_HEADERS", "a=canary%0d", expect.stringMatching(/^must be NAME=VALUE/)],
    ["OTEL_EXPORTER_OTLP_HEADERS", "a=canary%E0%A4", expect.stringMatching(/^must be NAME=VALUE/)],
    ["OTEL_SERVICE_NAME", "two\nlines", "must be one line"],
    ["OTEL_TRACES_SAMPLER_ARG", "1.01", "must be a number from 0 to 1"],
    ["OTEL_TRACES_SAMPLER_ARG", "-0.5", "must be a number from 0 to 1"],
    ["OTEL_TRACES_SAMPLER_ARG", "half", "must be a number from 0 to 1"],
  ])("refuses the start with %s=%j", async (name, value, reason) => {
    expect(await refusalOf({ ...ENDPOINT, [name]: value })).toEqual([{ name, reason }]);
  });
});
