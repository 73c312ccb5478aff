import { readFileSync } from "node:fs";
import { parser } from "@prometheus-io/lezer-promql";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { METRICS, type MetricName } from "./metric-definitions";
import { collectMetrics, measureProcess } from "./metrics";

type Expression = { expr: string };
type Alerts = {
  groups: { name: string; rules: (Expression & { alert: string; annotations: Record<string, string> })[] }[];
};
type Dashboard = { panels: { title: string; targets: (Expression & { legendFormat: string })[] }[] };

const alerts: Alerts = parseYaml(readFileSync("deploy/prometheus/alerts.yaml", "utf8"));
const rules = alerts.groups.flatMap((group) => group.rules);
const dashboard: Dashboard = JSON.parse(readFileSync("deploy/grafana/vestibule.json", "utf8"));
const expressions = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
];

/** What the parser finds of a kind in an expression, with the text there. Grafana puts a duration for its variable. */
function nodesOf(expression: string, kind: string): string[] {
  const text = expression.replaceAll("$__rate_interval", "5m");
  const found: string[] = [];
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.type.isError ? kind === "error" : node.name === kind) found.push(text.slice(node.from, node.to));
    },
  });
  return found;
}

const labelsOf = (name: MetricName): readonly string[] => {
  const definition = METRICS[name];
  return "labels" in definition ? definition.labels : [];
};

/** What a series has beside the labels of its metric: where Prometheus found it, and the bound of a bucket. */
const OF_PROMETHEUS = ["job", "instance", "le"];

describe("the table of metrics in the manual", () => {
  const rows = readFileSync("docs/metrics.md", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `vestibule_"))
    .map((line) => line.split(/ ?\| ?/).slice(1, 4))
    .map(([name = "", type, labels = ""]) => [name.replaceAll("`", ""), type, labels.match(/\w+/g) ?? []]);

  it("has every metric with its type and its labels, and none that does not exist", () => {
    const defined = Object.entries(METRICS).map(([name, { type }]) => [name, type, labelsOf(name as MetricName)]);
    expect(rows.sort()).toEqual(defined.sort());
  });
});

describe("no label of ours", () => {
  it("has the name of one that Prometheus gives to whatever it reads", () => {
    const names = (Object.keys(METRICS) as MetricName[]).flatMap(labelsOf);
    expect(names.filter((name) => OF_PROMETHEUS.includes(name))).toEqual([]);
  });
});

describe("alerts and dashboard", () => {
  it.each(expressions)("ask for what can be asked: %s", (_title, expression) => {
    expect(nodesOf(expression, "error")).toEqual([]);
    expect(nodesOf(expression, "VectorSelector").length).toBeGreaterThan(0);
  });

  it("would be caught asking for what cannot", () => {
    expect(nodesOf("sum by (reason (rate(vestibule_token_issued_total[5m]))", "error")).not.toEqual([]);
  });

  it("name metrics that exist", async () => {
    measureProcess();
    const known = new Set((await collectMetrics()).map(({ name }) => name));
    const used = expressions.flatMap(([, expression]) => nodesOf(expression, "Identifier"));
    const names = used.filter((name) => /^(?:vestibule|nodejs|process)_/.test(name));
    const missing = names.filter((name) => !known.has(name) && !known.has(name.replace(/_(?:bucket|sum|count)$/, "")));
    expect(missing).toEqual([]);
    expect(names.length).toBeGreaterThanOrEqual(expressions.length);
  });

  it("name labels that exist", () => {
    const all = new Set([...OF_PROMETHEUS, ...(Object.keys(METRICS) as MetricName[]).flatMap(labelsOf)]);
    const used = expressions.flatMap(([, expression]) => nodesOf(expression, "LabelName"));
    const shown = dashboard.panels.flatMap(({ targets }) =>
      targets.flatMap(({ legendFormat }) => [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? "")),
    );
    const told = rules.flatMap(({ annotations }) =>
      [...JSON.stringify(annotations).matchAll(/\$labels\.(\w+)/g)].map(([, name]) => name ?? ""),
    );
    expect([...used, ...shown, ...told].filter((name) => !all.has(name))).toEqual([]);
    expect(used.length).toBeGreaterThan(0);
  });

  it("show every metric somewhere", () => {
    const used = expressions.map(([, expression]) => expression).join("\n");
    expect(Object.keys(METRICS).filter((name) => !used.includes(name) && !NOT_SHOWN.includes(name))).toEqual([]);
  });
});

/** What nobody draws, because something else says the same or it is looked at once a year. */
const NOT_SHOWN = [
  "vestibule_token_revoked_total",
  "vestibule_revocation_ignored_total",
  "vestibule_revocation_refused_total",
  "vestibule_token_introspected_total",
  "vestibule_introspection_refused_total",
  "vestibule_external_refused_total",
];
