import "server-only";

import { text, ValueError, type ValueParser } from "../value-parsers";

/** Where traces go, by variables that have the names and meanings of OpenTelemetry's. */
export type TracingSettings = {
  /** Without a trailing slash; `/v1/traces` is appended. */
  endpoint: string;
  headers: Record<string, string>;
  serviceName: string;
  /** The part of requests, from 0 to 1, of which a trace is kept, unless the caller has decided. */
  share: number;
};

type Optional = <Value>(
  name: "OTEL_EXPORTER_OTLP_ENDPOINT" | "OTEL_EXPORTER_OTLP_HEADERS",
  parse: ValueParser<Value>,
) => Value | undefined;

type Required = <Value>(name: "OTEL_SERVICE_NAME" | "OTEL_TRACES_SAMPLER_ARG", parse: ValueParser<Value>) => Value;

/**
 * Reads where traces go, `undefined` when nobody collects them.
 *
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export function readTracingSettings(optional: Optional, required: Required): TracingSettings | undefined {
  const endpoint = optional("OTEL_EXPORTER_OTLP_ENDPOINT", collectorUrl);
  const headers = optional("OTEL_EXPORTER_OTLP_HEADERS", headerList) ?? {};
  const serviceName = required("OTEL_SERVICE_NAME", text("must be one line", { max: 255, pattern: /^[^\p{Cc}]+$/u }));
  const share = required("OTEL_TRACES_SAMPLER_ARG", fraction);
  return endpoint === undefined ? undefined : { endpoint, headers, serviceName, share };
}

/** Collectors stand on the same machine or in the same cluster, so plain http is as good as https. */
const collectorUrl: ValueParser<string> = (value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw new ValueError("must be an http or https URL");
  if (url.username + url.password + url.search + url.hash !== "")
    throw new ValueError("must have no user name, query or fragment; credentials go into OTEL_EXPORTER_OTLP_HEADERS");
  return url.href.replace(/\/+$/, "");
};

/** `name=value,name=value`, values percent-encoded as in W3C Baggage. */
const headerList: ValueParser<Record<string, string>> = (value) => {
  const entries = value.split(",").map((entry) => {
    const [, name, encoded] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*([\x21-\x7e]*)\s*$/.exec(entry) ?? [];
    const decoded = encoded === undefined ? undefined : decode(encoded);
    if (name === undefined || decoded === undefined)
      throw new ValueError("must be NAME=VALUE[,NAME=VALUE…], with other characters than ASCII percent-encoded");
    return [name, decoded] as const;
  });
  return Object.fromEntries(entries);
};

function decode(encoded: string): string | undefined {
  try {
    const decoded = decodeURIComponent(encoded);
    return /^[\x20-\x7e]*$/.test(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}

const fraction: ValueParser<number> = (value) => {
  const number = /^\d(?:\.\d{1,9})?$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= 0 && number <= 1)) throw new ValueError("must be a number from 0 to 1");
  return number;
};
