import { auditExportParams } from "@/lib/audit/log/audit-log.schema";
import { exportAuditLog } from "@/lib/audit/log/export-audit-log";
import { staffRoute } from "@/lib/auth/staff-route";

export const dynamic = "force-dynamic";

/** Everything that the log shows under this query, as a file. */
export const GET = staffRoute({
  permission: "audit:read",
  run(request) {
    const { format, ...filter } = auditExportParams.parse(Object.fromEntries(new URL(request.url).searchParams));
    return exportAuditLog(filter, format);
  },
});
