import type { AddressInfo } from "node:net";
import { connect, createServer, type Server, type Socket } from "node:net";

/** When the connection is lost: before a statement reaches the database, or after it was carried out and before anybody hears of it. */
type CutMoment = "before" | "after";

/** A way to PostgreSQL that is lost at a statement that a test names. */
export type StatementCutter = {
  port: number;
  /** Counts anew, and loses the connection of the `at`-th statement from now on. Without a number it only counts. */
  arm(at?: number, moment?: CutMoment): void;
  /** How many statements were sent since. */
  count(): number;
  close(): Promise<void>;
};

/** The message types that end a statement: Query of the simple protocol, Sync of the extended one. */
const ENDS = new Set(["Q", "S"].map((letter) => letter.charCodeAt(0)));
const READY = "Z".charCodeAt(0);

/** Makes one that leads to `to`. */
export async function createStatementCutter(to: { host: string; port: number }): Promise<StatementCutter> {
  let count = 0;
  let at = Number.POSITIVE_INFINITY;
  let moment: CutMoment = "before";
  const sockets = new Set<Socket>();

  function join(near: Socket): void {
    const far = connect(to);
    let isMuted = false;
    const cut = () => {
      near.destroy();
      far.destroy();
    };
    const readEnds = createEndReader();
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", cut).on("close", () => {
        sockets.delete(socket);
        cut();
      });
    }
    near.on("data", (bytes: Buffer) => {
      const before = count;
      count += readEnds(bytes);
      const isIt = before < at && count >= at;
      if (isIt && moment === "before") return cut();
      isMuted ||= isIt;
      far.write(bytes);
    });
    far.on("data", (bytes: Buffer) => {
      if (!isMuted) return void near.write(bytes);
      // ReadyForQuery is the last message of an answer: a type, a length of five and a state.
      if (bytes.at(-6) === READY) cut();
    });
  }
  const server: Server = createServer(join);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    arm(next = Number.POSITIVE_INFINITY, when = "before") {
      count = 0;
      at = next;
      moment = when;
    },
    count: () => count,
    async close() {
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await ended;
    },
  };
}

/** Reads the messages of one client, the first of which have no type, and returns how many statements ended in each piece. */
function createEndReader(): (bytes: Buffer) => number {
  let rest = Buffer.alloc(0);
  let isStarted = false;
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    let ends = 0;
    for (;;) {
      const head = isStarted ? 1 : 0;
      if (rest.length < head + 4) return ends;
      const length = head + rest.readUInt32BE(head);
      if (rest.length < length) return ends;
      if (isStarted && ENDS.has(rest[0] ?? 0)) ends += 1;
      // A request for TLS is eight bytes long; what follows it is the first message again.
      if (!isStarted && length > 8) isStarted = true;
      rest = rest.subarray(length);
    }
  };
}
