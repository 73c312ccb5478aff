import { getTimeZone } from "next-intl/server";
import { exportAuditLog } from "@/lib/audit/export/export-audit-log";
import { auditExportParams } from "@/lib/audit/log/audit-log.schema";
import { getAuditView } from "@/lib/audit/log/get-audit-view";
import { staffRoute } from "@/lib/auth/staff-route";

export const dynamic = "force-dynamic";

/** Everything that the log shows under this query, as a file. */
export const GET = staffRoute({
  permission: "audit:read",
  async run(request) {
    const { format, ...asked } = auditExportParams.parse(Object.fromEntries(new URL(request.url).searchParams));
    const clock = { now: new Date(), zone: await getTimeZone() };
    return exportAuditLog({ view: await getAuditView(asked, clock), format, ...clock });
  },
});
