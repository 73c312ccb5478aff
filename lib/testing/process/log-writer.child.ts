// Logs more lines than a pipe holds, and ends at once, in the way that it is told.
import { log } from "@/lib/observability/logger";

const [count = "0", end = ""] = process.argv.slice(2);

for (let number = 0; number < Number(count); number += 1) {
  log.info({ event: "request_refused", number, detail: "x".repeat(200) }, "Written");
}
if (end === "exit") process.exit(0);
if (end === "throw") throw new Error("The end.");
