import "server-only";

import type { ActivityRow } from "@/lib/activity/activity-row";
import { createActivityBuffer } from "@/lib/activity/create-activity-buffer";
import { createGroupWriter } from "@/lib/activity/create-group-writer";
import { isRowFault } from "@/lib/activity/is-row-fault";
import type { Config } from "@/lib/env/config";
import type { TokenIssuedEvent, TokenRequestContext } from "@/lib/oauth/ports";
import { log } from "@/lib/observability/logger";
import { addToCounter, provideGauge } from "@/lib/observability/metrics/metrics";
import { inSpan } from "@/lib/observability/tracing/tracing";
import {
  beginTrace,
  type CallRecorder,
  type CallTrace,
  type TracedContext,
  toActivityRow,
} from "./activity/call-trace";
import { createActivityCounter } from "./activity/create-activity-counter";
import type { M2mPorts } from "./m2m-ports";

/**
 * Writes down what applications do, a row for each request. That of an issued token is stored before the token is handed out,
 * unless `ACTIVITY_WRITE` is `soon`; all others are stored within a second and delay nobody. What is not stored yet is
 * stored by `settled`.
 */
export function createM2mActivity(
  ports: Pick<M2mPorts, "storeActivity" | "countActivity" | "schedule" | "now" | "stopwatch">,
  { activityWrite }: Pick<Config, "activityWrite">,
) {
  const { now, stopwatch, schedule } = ports;
  const counter = createActivityCounter({
    ...ports,
    count: ports.countActivity,
    onError: (err) => log.error({ event: "usage_not_written", err }, "The counts of calls were not written"),
  });
  async function store(rows: readonly ActivityRow[]): Promise<void> {
    await ports.storeActivity(rows);
    counter.start();
  }
  const atOnce = createGroupWriter({ write: store, isRowFault, defer: (work) => void setImmediate(work) });
  const buffer = createActivityBuffer({
    store,
    isRowFault,
    schedule,
    onError: (err) => log.error({ event: "activity_not_written", err }, "What applications did was not written"),
    onLost(count) {
      addToCounter("vestibule_activity_lost_total", count);
      log.error({ event: "activity_lost", count }, "Requests of applications found no place");
    },
    onLeftOut(count) {
      addToCounter("vestibule_activity_left_out_total", count);
      log.warn({ event: "activity_left_out", count }, "Requests of nobody were left out");
    },
  });
  provideWaitingRows(() => [...atOnce.waiting(), ...buffer.waiting()], now);
  type Token = Pick<ActivityRow, "scopes" | "jti">;
  const toRow = (trace: CallTrace, status: number, context: TokenRequestContext, token?: Token) =>
    toActivityRow(trace, { at: now(), stoppedAt: stopwatch(), status, context, token });

  const recorder: CallRecorder = {
    begin: (call) => beginTrace(call, stopwatch()),
    end(trace, status, context) {
      if (trace.isDecided && !trace.isWritten) buffer.add(toRow(trace, status, context));
    },
  };
  return {
    ...recorder,
    /** Resolves when the token may be handed out. Rejects when its trace could not be stored: then it may not. */
    async writeTokenIssued(event: TokenIssuedEvent<TracedContext>): Promise<void> {
      const { context } = event;
      const { trace } = context;
      trace.personId = event.subjectId;
      trace.credentialId = event.credentialId;
      const row = toRow(trace, 200, context, event);
      if (activityWrite === "soon") buffer.add(row);
      else await inSpan("store activity", {}, () => atOnce.write(row));
      trace.isWritten = true;
    },
    async settled(): Promise<void> {
      await Promise.all([atOnce.settled(), buffer.settled()]);
      await counter.settled();
    },
  };
}

/** How many rows are not stored yet, and since when the oldest waits. */
function provideWaitingRows(waiting: () => readonly ActivityRow[], now: () => Date): void {
  provideGauge("vestibule_activity_rows_waiting", () => [{ value: waiting().length }]);
  provideGauge("vestibule_activity_oldest_row_seconds", () => {
    const at = now().getTime();
    const ages = waiting().map((row) => at - row.at.getTime());
    return [{ value: ages.reduce((oldest, age) => Math.max(oldest, age), 0) / 1_000 }];
  });
}
