import type { MeasuredRow } from "../harness/run-rows";
import { ratios, type Summary, summarise } from "./statistics";

/** A Markdown table. `numbers`: how many of the last columns are aligned to the right. */
export function toTable(head: readonly string[], rows: readonly (readonly string[])[], texts = 1): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = `|${head.map((_, index) => (index < texts ? "---" : "--:")).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

/** Three significant digits, and never a power of ten. */
export function toFigure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value !== 0 && Math.abs(value) < 0.001) return "< 0.001";
  const digits = Number(value.toPrecision(3));
  const [whole = "", rest] = digits.toString().split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, " ");
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}

/** The middle and, when there was more than one round, the ends. */
export function toSpread({ median, min, max }: Summary): string {
  return min === max ? toFigure(median) : `${toFigure(median)} (${toFigure(min)}–${toFigure(max)})`;
}

/** The share of a core that was not ours, as `12 %`. */
export function toShare(value: number): string {
  return `${Math.round(value * 100)} %`;
}

/**
 * The table of rows that were measured against each other: `÷` compares answers a second round by round, `÷ by CPU` the
 * medians of the CPU for one answer, which a busy machine changes less.
 */
export function toRowTable(rows: readonly MeasuredRow[], baselineName: string): string {
  const baseline = rows.find(({ name }) => name === baselineName);
  if (baseline === undefined) throw new Error(`There is no row ${baselineName}.`);
  const perSecond = ({ rounds }: MeasuredRow) => rounds.map((round) => round.perSecond);
  const head = [
    "",
    "req/s",
    "÷",
    "p50 ms",
    "p99 ms",
    "CPU ms: server",
    "PostgreSQL",
    "÷ by CPU",
    "foreign load",
    "failed",
  ];
  return toTable(
    head,
    rows.map((row) => [
      row.name === baselineName ? `**${row.name}**` : row.name,
      toSpread(summarise(perSecond(row))),
      row === baseline ? "1" : toSpread(summarise(ratios(perSecond(row), perSecond(baseline)))),
      toFigure(medianOf(row, "p50")),
      toFigure(medianOf(row, "p99")),
      toFigure(medianOf(row, "serverCpu")),
      row.rounds.some(({ postgresCpu }) => postgresCpu !== null) ? toFigure(medianOf(row, "postgresCpu")) : "–",
      row === baseline ? "1" : toFigure(cpuOf(baseline) / cpuOf(row)),
      toShare(medianOf(row, "foreignLoad")),
      String(row.rounds.reduce((sum, { failures }) => sum + failures, 0)),
    ]),
  );
}

function medianOf(
  { rounds }: MeasuredRow,
  figure: "p50" | "p99" | "serverCpu" | "postgresCpu" | "foreignLoad",
): number {
  return summarise(rounds.map((round) => round[figure] ?? 0)).median;
}

function cpuOf(row: MeasuredRow): number {
  return medianOf(row, "serverCpu") + medianOf(row, "postgresCpu");
}
