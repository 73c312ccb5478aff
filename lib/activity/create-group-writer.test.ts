import { describe, expect, it } from "vitest";
import { isDatabaseOutage } from "@/lib/machine/problems/database-outage";
import { createGroupWriter, GroupWriterFullError } from "./create-group-writer";

const ROW_FAULT = new Error("a value that the table does not take");
const OUTAGE = new Error("the database is gone");

/** A store that ends a group when it is told to, and notes what it was given. */
function setUp(limits: { rowsMax?: number; waitingMax?: number } = {}, bad: readonly number[] = []) {
  const groups: number[][] = [];
  const open: { end(error?: Error): void }[] = [];
  const deferred: (() => void)[] = [];
  const writer = createGroupWriter<number>({
    ...limits,
    write: (rows) =>
      new Promise((resolve, reject) => {
        groups.push([...rows]);
        open.push({
          end: (error) => {
            const fault = error ?? (rows.some((row) => bad.includes(row)) ? ROW_FAULT : undefined);
            if (fault === undefined) resolve();
            else reject(fault);
          },
        });
      }),
    isRowFault: (error) => error === ROW_FAULT,
    defer: (work) => void deferred.push(work),
  });
  const ends: Record<number, unknown> = {};
  return {
    writer,
    groups,
    open,
    ends,
    deferred,
    begin: () => deferred.shift()?.(),
    add(...rows: number[]) {
      for (const row of rows) {
        const note = (end: unknown) => {
          ends[row] = end;
        };
        writer.write(row).then(() => note("stored"), note);
      }
    },
    /** Ends the group that is being written, and lets what waited for that run. */
    async endGroup(error?: Error) {
      open.shift()?.end(error);
      await turn();
    },
  };
}

/** Lets everything run that is ready to. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("a group writer", () => {
  it("writes rows of one moment together, in their order, and answers when they are stored", async () => {
    const { add, begin, groups, ends, endGroup } = setUp();
    add(1, 2, 3);
    expect(groups).toEqual([]);
    begin();
    await turn();
    expect([groups, ends]).toEqual([[[1, 2, 3]], {}]);
    await endGroup();
    expect(ends).toEqual({ 1: "stored", 2: "stored", 3: "stored" });
  });

  it("lets what comes in meanwhile wait, and begins the next group only when the one before has ended", async () => {
    const { add, begin, groups, ends, endGroup, deferred } = setUp();
    add(1);
    begin();
    add(2);
    await turn();
    add(3);
    await turn();
    expect([groups, ends, deferred]).toEqual([[[1]], {}, []]);
    await endGroup();
    expect([groups, ends]).toEqual([[[1], [2, 3]], { 1: "stored" }]);
    await endGroup();
    expect(ends).toEqual({ 1: "stored", 2: "stored", 3: "stored" });
  });

  it("goes on when rows come after it had nothing to do", async () => {
    const { add, begin, groups, endGroup } = setUp();
    for (const row of [1, 2]) {
      add(row);
      begin();
      await turn();
      await endGroup();
    }
    expect(groups).toEqual([[1], [2]]);
  });

  it("makes no group larger than the largest, and keeps the order over several", async () => {
    const { add, begin, groups, endGroup } = setUp({ rowsMax: 2 });
    add(1, 2, 3, 4, 5);
    begin();
    for (let group = 0; group < 3; group += 1) await endGroup();
    expect(groups).toEqual([[1, 2], [3, 4], [5]]);
  });

  it("refuses a row when too many wait, in a way that is an outage to the request, and keeps those that wait", async () => {
    const { add, begin, ends, endGroup } = setUp({ waitingMax: 2 });
    add(1, 2, 3);
    begin();
    await turn();
    expect(ends).toEqual({ 3: expect.any(GroupWriterFullError) });
    expect(isDatabaseOutage(ends[3])).toBe(true);
    await endGroup();
    expect(ends).toMatchObject({ 1: "stored", 2: "stored" });
  });

  it("fails every row of a group that could not be stored, writes none of them again, and stores the next group", async () => {
    const { add, begin, groups, ends, endGroup } = setUp();
    add(1, 2);
    begin();
    add(3);
    await endGroup(OUTAGE);
    expect(ends).toEqual({ 1: OUTAGE, 2: OUTAGE });
    await endGroup();
    expect([groups, ends[3]]).toEqual([[[1, 2], [3]], "stored"]);
  });

  it("fails a row that cannot be stored alone, and stores its neighbours, each once", async () => {
    const { add, begin, groups, ends, endGroup } = setUp({}, [2]);
    add(1, 2, 3);
    begin();
    for (let group = 0; group < 4; group += 1) await endGroup();
    expect(groups).toEqual([[1, 2, 3], [1], [2], [3]]);
    expect(ends).toEqual({ 1: "stored", 2: ROW_FAULT, 3: "stored" });
  });

  it("is settled at once when nothing was written, and otherwise only when all is", async () => {
    const { writer, add, begin, endGroup } = setUp();
    await writer.settled();
    let isSettled = false;
    add(1);
    const settling = writer.settled().then(() => {
      isSettled = true;
    });
    begin();
    add(2);
    await turn();
    await endGroup();
    expect(isSettled).toBe(false);
    await endGroup();
    await settling;
    expect(isSettled).toBe(true);
  });

  it("loses no row, writes none twice and keeps the order, however many come and however slowly it goes", async () => {
    const stored: number[] = [];
    let running = 0;
    const writer = createGroupWriter<number>({
      rowsMax: 7,
      async write(rows) {
        running += 1;
        expect(running).toBe(1);
        await turn();
        stored.push(...rows);
        running -= 1;
      },
      isRowFault: () => false,
      defer: queueMicrotask,
    });
    const all: Promise<void>[] = [];
    for (let row = 0; row < 1_000; row += 1) {
      all.push(writer.write(row));
      if (row % 37 === 0) await turn();
    }
    await Promise.all(all);
    expect(stored).toEqual(Array.from({ length: 1_000 }, (_, row) => row));
  });
});
