import { afterEach, beforeEach, vi } from "vitest";

/** Fails a test that writes to `console.error` or `console.warn`: noise that nobody reads hides the line that matters. */
beforeEach(() => {
  for (const level of ["error", "warn"] as const) {
    vi.spyOn(console, level).mockImplementation((...parts: unknown[]) => {
      throw new Error(`console.${level} was called: ${parts.map(String).join(" ")}`);
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
});
