import { describe, expect, it } from "vitest";
import { createPageSlots, type PageAsker, type PageSlotsOptions } from "./page-slots";

const anonymous = (address: string): PageAsker => ({ lane: "anonymous", address });
const staff = (address: string): PageAsker => ({ lane: "staff", address });

/** Slots whose time passes when the test says so. `ask` notes under a name what became of who asked. */
function slotsOf(options: Partial<PageSlotsOptions> = {}) {
  const timers = new Set<{ ms: number; done: () => void }>();
  const slots = createPageSlots({
    concurrent: 2,
    perAddress: 2,
    queueLength: 4,
    waitMs: 1_000,
    timer(ms, done) {
      const one = { ms, done };
      timers.add(one);
      return () => timers.delete(one);
    },
    ...options,
  });
  const events: string[] = [];
  const held = new Map<string, () => void>();
  const ask = async (name: string, asker: PageAsker, hasLeft = new AbortController().signal) => {
    const outcome = await slots.take(asker, hasLeft);
    if (typeof outcome === "function") held.set(name, outcome);
    events.push(`${name} ${typeof outcome === "function" ? "in" : outcome}`);
  };
  /** Lets every promise that can settle do so. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    slots,
    events,
    timers,
    settle,
    async ask(name: string, asker: PageAsker, hasLeft?: AbortSignal) {
      void ask(name, asker, hasLeft);
      await settle();
    },
    async release(name: string) {
      held.get(name)?.();
      await settle();
    },
    async passTime() {
      for (const { done } of timers) done();
      await settle();
    },
  };
}

describe("the number of pages at once", () => {
  it("is the number of slots, and one less for those who are not signed in", async () => {
    const { ask, events, release } = slotsOf();
    await ask("a", anonymous("1"));
    await ask("b", anonymous("2"));
    await ask("c", staff("3"));
    await ask("d", staff("4"));
    expect(events).toEqual(["a in", "c in"]);
    await release("c");
    expect(events).toEqual(["a in", "c in", "d in"]);
    await release("a");
    expect(events).toEqual(["a in", "c in", "d in", "b in"]);
  });

  it("is all of them for staff while nobody else asks", async () => {
    const { ask, events } = slotsOf();
    for (const name of ["a", "b", "c"]) await ask(name, staff(name));
    expect(events).toEqual(["a in", "b in"]);
  });

  it("leaves those who are not signed in the only slot there is", async () => {
    const { ask, events } = slotsOf({ concurrent: 1 });
    await ask("a", anonymous("1"));
    expect(events).toEqual(["a in"]);
  });

  it("is bounded for one address, and another address does not wait for it", async () => {
    const { ask, events, release } = slotsOf({ concurrent: 4, perAddress: 2 });
    for (const name of ["a", "b", "c"]) await ask(name, staff("1"));
    await ask("d", anonymous("1"));
    await ask("e", anonymous("2"));
    expect(events).toEqual(["a in", "b in", "e in"]);
    await release("a");
    expect(events).toEqual(["a in", "b in", "e in", "c in"]);
  });

  it("is not raised by a slot that is given back twice", async () => {
    const { ask, events, release } = slotsOf({ concurrent: 1 });
    await ask("a", staff("1"));
    await ask("b", staff("2"));
    await ask("c", staff("3"));
    await release("a");
    await release("a");
    expect(events).toEqual(["a in", "b in"]);
  });
});

describe("the queue", () => {
  it("gives each address its turn, however many requests another one has sent", async () => {
    const { ask, events, release } = slotsOf({ concurrent: 1, queueLength: 20 });
    for (const name of ["a", "b", "c", "d"]) await ask(name, anonymous("1"));
    await ask("z", anonymous("2"));
    for (const name of ["a", "b", "z"]) await release(name);
    expect(events).toEqual(["a in", "b in", "z in", "c in"]);
  });

  it("gives each lane its turn where both wait", async () => {
    const { ask, events, release } = slotsOf({ queueLength: 20 });
    for (const name of ["s1", "s2", "s3"]) await ask(name, staff(name));
    for (const name of ["a1", "a2"]) await ask(name, anonymous(name));
    await release("s1");
    expect(events).toEqual(["s1 in", "s2 in", "a1 in"]);
    await release("a1");
    expect(events.at(-1)).toBe("a2 in");
    await release("s2");
    expect(events.at(-1)).toBe("s3 in");
  });

  it("refuses at once when it is full, and a full lane fills no place of the other", async () => {
    const { ask, events, slots } = slotsOf({ queueLength: 2 });
    await ask("in", anonymous("0"));
    for (const name of ["1", "2", "3"]) await ask(name, anonymous(name));
    expect(events).toEqual(["in in", "3 refused"]);
    expect(slots.waiting()).toBe(2);
    for (const name of ["s1", "s2"]) await ask(name, staff(name));
    expect(events).toEqual(["in in", "3 refused", "s1 in"]);
  });

  it("is never filled by one address: half of it is for others", async () => {
    const { ask, events, slots } = slotsOf({ concurrent: 1, queueLength: 4 });
    for (const name of ["a", "b", "c", "d"]) await ask(name, anonymous("1"));
    expect(events).toEqual(["a in", "d refused"]);
    await ask("z", anonymous("2"));
    expect(slots.waiting()).toBe(3);
  });

  it("refuses whoever has waited as long as it may take, and keeps no timer of others", async () => {
    const { ask, events, passTime, release, slots, timers } = slotsOf({ concurrent: 1, waitMs: 700 });
    await ask("a", staff("1"));
    await ask("b", staff("2"));
    expect([...timers].map(({ ms }) => ms)).toEqual([700]);
    await passTime();
    expect(events).toEqual(["a in", "b refused"]);
    expect([slots.waiting(), timers.size]).toEqual([0, 0]);
    await release("a");
    await ask("c", staff("3"));
    expect([events.at(-1), timers.size]).toEqual(["c in", 0]);
  });

  it("forgets whoever leaves, without a slot for nobody", async () => {
    const { ask, events, release, slots, timers } = slotsOf({ concurrent: 1 });
    const leaver = new AbortController();
    await ask("a", staff("1"));
    await ask("b", staff("2"), leaver.signal);
    await ask("c", staff("3"));
    leaver.abort();
    await release("a");
    expect(events).toEqual(["a in", "b left", "c in"]);
    expect([slots.waiting(), timers.size]).toEqual([0, 0]);
    await ask("d", staff("4"), leaver.signal);
    expect(events.at(-1)).toBe("d left");
  });
});
