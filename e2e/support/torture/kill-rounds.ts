import { expect } from "@playwright/test";
import type { OwnServer } from "../own-server";
import { checkAcknowledged } from "./check-acknowledged";
import { countAcknowledged, createLedger, type Ledger } from "./ledger";
import { createApplication, runLoad } from "./load";
import { signInToPortal } from "./portal-session";

/** Who may sign in to what is tortured. */
export const TORTURER = { email: "administrator@vestibule.example", password: "a password of this test alone" };

/** A product of one process or of several, which are started again where they were. */
export type Tortured = {
  /** Starts what does not run, and waits until it is ready. */
  start(): Promise<void>;
  machineUrl(): string;
  portalUrl(): string;
  /** What is killed in a round. */
  victims(round: number): readonly OwnServer[];
};

/**
 * When something is killed in a round: after so many acknowledgements, so many of them from the portal, and so many milliseconds
 * later. Never the same twice running.
 */
const momentOf = (round: number) => ({
  acknowledged: 12 + ((round * 7) % 23),
  inPortal: round % 4,
  delayMs: (round * 13) % 40,
});

/**
 * Kills the product with SIGKILL under load, so many times, starts it again, and asks it each time for everything that it
 * had acknowledged in that round. Returns what was acknowledged in all of them.
 */
export async function killRounds(product: Tortured, rounds: number): Promise<Ledger[]> {
  await product.start();
  const first = await signInToPortal(product.portalUrl(), TORTURER);
  const client = await createApplication(first, "Torture");
  await first.close();
  const ledgers: Ledger[] = [];
  let cutOff = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const ledger = createLedger(`round-${round}@example.com`);
    ledgers.push(ledger);
    const staff = await signInToPortal(product.portalUrl(), TORTURER);
    const victims = product.victims(round);
    const moment = momentOf(round);
    let isDue = false;
    let isOver = false;
    const kill = () => {
      isOver = true;
      for (const victim of victims) victim.process.kill("SIGKILL");
    };
    const onAcknowledged = () => {
      const { all, inPortal } = countAcknowledged(ledger);
      if (isDue || all < moment.acknowledged || inPortal < moment.inPortal) return;
      isDue = true;
      setTimeout(kill, moment.delayMs);
    };
    await runLoad({ baseUrl: product.machineUrl(), client, staff, onAcknowledged, isOver: () => isOver }, ledger);
    await staff.close();
    for (const victim of victims) expect((await victim.exited).signal).toBe("SIGKILL");
    cutOff += ledger.keys.length - ledger.rooms.size;
    await product.start();
    await checkAcknowledged(product.machineUrl(), client, ledger);
  }
  // Otherwise nothing of importance was under way, and the kills have shown nothing.
  expect(cutOff).toBeGreaterThanOrEqual(Math.floor(rounds / 4));
  for (const kind of ["rooms", "tokens", "revoked", "replaced", "shutOut"] as const) {
    const count = ledgers.reduce((sum, ledger) => sum + ledger[kind].size, 0);
    expect(count, kind).toBeGreaterThanOrEqual(Math.floor(rounds / 4));
  }
  return ledgers;
}
