/** What several rounds gave: the middle one and the ends. */
export type Summary = { median: number; min: number; max: number };

/** The value below which the share `q` (0 to 1) of the values lies, by the nearest rank; NaN of nothing. */
export function percentile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

/** Median and range; of an even number of values the mean of the two in the middle. Throws on none. */
export function summarise(values: readonly number[]): Summary {
  const sorted = [...values].sort((one, other) => one - other);
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) throw new RangeError("There is nothing to summarise.");
  const [low, high] = [
    sorted[Math.floor((sorted.length - 1) / 2)] ?? min,
    sorted[Math.floor(sorted.length / 2)] ?? max,
  ];
  return { median: (low + high) / 2, min, max };
}

/**
 * The ratios of what was measured in the same round: the machine may change between rounds, and one round has both.
 * Throws when the numbers of rounds differ.
 */
export function ratios(values: readonly number[], baseline: readonly number[]): number[] {
  if (values.length !== baseline.length) throw new RangeError("Both sides need the same rounds.");
  return values.map((value, round) => value / (baseline[round] ?? Number.NaN));
}
