import "server-only";

/** Two queues, so that a flood in one keeps nobody in the other waiting. */
const LANES = ["staff", "anonymous"] as const;
type Lane = (typeof LANES)[number];

export type PageAsker = {
  lane: Lane;
  /** Under which requests of one client are counted: `clientAddressKey`. */
  address: string;
};

/** Calls `done` after `ms` milliseconds unless the function it returns is called before. */
type Timer = (ms: number, done: () => void) => () => void;

export type PageSlotsOptions = {
  /** How many hold a slot at once. One of them, if there are several, is never given to the anonymous lane. */
  concurrent: number;
  /** How many slots one address may hold. */
  perAddress: number;
  /** How many may wait in each lane; one address may take half of that. */
  queueLength: number;
  /** How long somebody waits for a slot, in milliseconds. */
  waitMs: number;
  timer: Timer;
};

export type PageSlots = {
  /**
   * Resolves to what gives the slot back, which may be called more than once; to `"refused"` where the queue is full or
   * the wait too long; to `"left"` when `hasLeft` fires first.
   */
  take(asker: PageAsker, hasLeft: AbortSignal): Promise<(() => void) | "refused" | "left">;
  /** How many wait, in both lanes. */
  waiting(): number;
};

type Waiter = { asker: PageAsker; settle: (outcome: (() => void) | "refused" | "left") => void };

/** Waiters by address, the address whose turn is next first. */
type Queue = Map<string, Waiter[]>;

/**
 * Hands out a few slots. Lanes take turns where both wait, and so do the addresses in a lane: how long somebody waits is
 * decided by how many others wait, not by how many requests each of them has sent.
 */
export function createPageSlots(options: PageSlotsOptions): PageSlots {
  const { concurrent, perAddress, queueLength, waitMs, timer } = options;
  const limits: Record<Lane, number> = { staff: concurrent, anonymous: Math.max(1, concurrent - 1) };
  const queues: Record<Lane, Queue> = { staff: new Map(), anonymous: new Map() };
  const running: PageAsker[] = [];

  const count = (lane: Lane) => running.filter((one) => one.lane === lane).length;
  const isFree = ({ lane, address }: PageAsker) =>
    running.length < concurrent &&
    count(lane) < limits[lane] &&
    running.filter((one) => one.address === address).length < perAddress;

  function start(asker: PageAsker): () => void {
    running.push(asker);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      running.splice(running.indexOf(asker), 1);
      startWaiting();
    };
  }

  function startWaiting(): void {
    // The lane that has fewer slots goes first.
    const lanes = LANES.toSorted((one, other) => count(one) - count(other));
    const next = lanes.flatMap((lane) => firstOf(queues[lane], isFree) ?? [])[0];
    if (next === undefined) return;
    remove(queues[next.asker.lane], next);
    next.settle(start(next.asker));
    startWaiting();
  }

  return {
    take(asker, hasLeft) {
      if (hasLeft.aborted) return Promise.resolve("left");
      const queue = queues[asker.lane];
      // Whoever finds a slot free takes nobody's turn: those who wait could not have had it.
      if (isFree(asker)) return Promise.resolve(start(asker));
      const ofAddress = queue.get(asker.address) ?? [];
      if (lengthOf(queue) >= queueLength || ofAddress.length >= Math.ceil(queueLength / 2)) {
        return Promise.resolve("refused");
      }
      return new Promise((resolve) => {
        const leave = () => waiter.settle("left");
        const stopTimer = timer(waitMs, () => waiter.settle("refused"));
        const waiter: Waiter = {
          asker,
          settle(outcome) {
            stopTimer();
            hasLeft.removeEventListener("abort", leave);
            remove(queue, waiter);
            resolve(outcome);
          },
        };
        hasLeft.addEventListener("abort", leave);
        queue.set(asker.address, [...ofAddress, waiter]);
      });
    },
    waiting: () => LANES.reduce((sum, lane) => sum + lengthOf(queues[lane]), 0),
  };
}

function lengthOf(queue: Queue): number {
  return [...queue.values()].reduce((sum, { length }) => sum + length, 0);
}

function firstOf(queue: Queue, isFree: (asker: PageAsker) => boolean): Waiter | undefined {
  return [...queue.values()].map(([first]) => first).find((first) => first !== undefined && isFree(first.asker));
}

/** Takes a waiter out, and puts the others of its address at the end of the turns. */
function remove(queue: Queue, waiter: Waiter): void {
  const all = queue.get(waiter.asker.address) ?? [];
  const others = all.filter((one) => one !== waiter);
  if (others.length === all.length) return;
  queue.delete(waiter.asker.address);
  if (others.length > 0) queue.set(waiter.asker.address, others);
}
