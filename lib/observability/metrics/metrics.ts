import "server-only";

import {
  AggregatorRegistry,
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from "prom-client";
import {
  type CounterName,
  type GaugeName,
  type HistogramName,
  METRICS,
  type MetricLabels,
  type MetricName,
} from "./metric-definitions";

type LabelArguments<Name extends MetricName> = MetricLabels[Name] extends undefined ? [] : [labels: MetricLabels[Name]];

/** One value of a gauge that is asked for when somebody looks. */
export type GaugeReading<Name extends GaugeName> = MetricLabels[Name] extends undefined
  ? { value: number }
  : { value: number; labels: MetricLabels[Name] };

/** The numbers of one process, in a form that can be sent to another one. */
export type ProcessMetrics = MetricObjectWithValues<MetricValue<string>>[];

type Reader = () => Promise<readonly { value: number; labels?: Record<string, string> }[]>;
type State = {
  registry: Registry;
  counters: ReadonlyMap<MetricName, Counter>;
  gauges: ReadonlyMap<MetricName, Gauge>;
  histograms: ReadonlyMap<MetricName, Histogram>;
  readers: Map<GaugeName, Reader>;
};

/** Milliseconds that a scrape waits for a gauge that is asked for: a database that is away must not hide the others. */
const READ_MS_MAX = 1_000;

// One set of numbers for every bundle of this process.
const KEY = Symbol.for("vestibule.metrics");
const shared = globalThis as { [KEY]?: State };
shared[KEY] ??= createState();
const state = shared[KEY];

function createState(): State {
  const registry = new Registry();
  const counters = new Map<MetricName, Counter>();
  const gauges = new Map<MetricName, Gauge>();
  const histograms = new Map<MetricName, Histogram>();
  // The table has no other keys.
  for (const name of Object.keys(METRICS) as MetricName[]) {
    const definition = METRICS[name];
    const labelNames = "labels" in definition ? [...definition.labels] : [];
    const options = { name, help: definition.help, labelNames, registers: [registry] };
    switch (definition.type) {
      case "counter":
        counters.set(name, new Counter(options));
        break;
      case "gauge":
        gauges.set(name, new Gauge({ ...options, aggregator: definition.across }));
        break;
      case "histogram":
        histograms.set(name, new Histogram({ ...options, buckets: [...definition.buckets] }));
        break;
    }
  }
  for (const [name, gauge] of gauges) forgetValues(name, gauge);
  return { registry, counters, gauges, histograms, readers: new Map() };
}

/** The library begins a gauge without labels with 0, which nobody has measured. */
function forgetValues(name: MetricName, gauge: Gauge): void {
  gauge.reset();
  if (!("labels" in METRICS[name])) gauge.remove();
}

/** Adds to a counter, one unless `amount` says how many. */
export function incrementCounter<Name extends CounterName>(name: Name, ...labels: LabelArguments<Name>): void {
  addToCounter(name, 1, ...labels);
}

/** Adds `amount`, which is not negative, to a counter. */
export function addToCounter<Name extends CounterName>(
  name: Name,
  amount: number,
  ...[labels]: LabelArguments<Name>
): void {
  state.counters.get(name)?.inc(labels ?? {}, amount);
}

/** Sets a gauge to what it is now. */
export function setGauge<Name extends GaugeName>(name: Name, value: number, ...[labels]: LabelArguments<Name>): void {
  state.gauges.get(name)?.set(labels ?? {}, value);
}

/** Counts one value, in the unit that the name ends with, into its bucket. */
export function observe<Name extends HistogramName>(
  name: Name,
  value: number,
  ...[labels]: LabelArguments<Name>
): void {
  state.histograms.get(name)?.observe(labels ?? {}, value);
}

/**
 * Has `read` asked for the values of a gauge whenever somebody looks, in the place of whom was asked before. What it
 * throws, or does not know within a second, leaves the gauge out. Returns what ends that.
 */
export function provideGauge<Name extends GaugeName>(
  name: Name,
  read: () => readonly GaugeReading<Name>[] | Promise<readonly GaugeReading<Name>[]>,
): () => void {
  // A reading has the labels of its metric, which are texts.
  const reader = (async () => read()) as Reader;
  state.readers.set(name, reader);
  return () => {
    if (state.readers.get(name) === reader) state.readers.delete(name);
  };
}

/** Adds what Node.js knows of the process itself, `process_*` and `nodejs_*`, once. Measuring costs some time from then on. */
export function measureProcess(): void {
  if (state.registry.getSingleMetric("process_cpu_seconds_total") !== undefined) return;
  collectDefaultMetrics({ register: state.registry, eventLoopMonitoringPrecision: 20 });
}

/** What this process has counted and measured, and what the gauges that are asked for say now. */
export async function collectMetrics(): Promise<ProcessMetrics> {
  await Promise.all([...state.readers].map(([name, read]) => readGauge(name, read)));
  return state.registry.getMetricsAsJSON();
}

async function readGauge(name: GaugeName, read: Reader): Promise<void> {
  const gauge = state.gauges.get(name);
  if (gauge === undefined) return;
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${name} was not known in time.`)), READ_MS_MAX);
    });
    const readings = await Promise.race([read(), late]);
    forgetValues(name, gauge);
    for (const { value, labels } of readings) gauge.set(labels ?? {}, value);
  } catch {
    forgetValues(name, gauge);
  } finally {
    clearTimeout(timer);
  }
}

/** The numbers of one or more processes in the text format of Prometheus, version 0.0.4, added up as METRICS says. */
export async function formatMetrics(processes: readonly ProcessMetrics[]): Promise<string> {
  return AggregatorRegistry.aggregate(processes.map((metrics) => [...metrics])).metrics();
}

/** The media type of `formatMetrics`. */
export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/**
 * Counters, and gauges that were set, that are not 0, by series as the text format names them:
 * `vestibule_token_refused_total{reason="bad_tag"}`. For tests.
 */
export async function metricsSnapshot(): Promise<Record<string, number>> {
  const series = (await state.registry.getMetricsAsJSON()).flatMap(({ name, type, values }) =>
    String(type) === "histogram" ? [] : values.map(({ value, labels }) => [seriesName(name, labels), value] as const),
  );
  return Object.fromEntries(series.filter(([, value]) => value !== 0));
}

/** Forgets every number. For tests: a counter of a running process never goes back. */
export function resetMetrics(): void {
  state.registry.resetMetrics();
  for (const [name, gauge] of state.gauges) forgetValues(name, gauge);
}

function seriesName(name: string, labels: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(",")}}`;
}
