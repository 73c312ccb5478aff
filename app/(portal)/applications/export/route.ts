import { applicationList } from "@/lib/applications/listing/application-list.schema";
import { EXPORT_FIELDS, exportApplications } from "@/lib/applications/listing/export-applications";
import { staffRoute } from "@/lib/auth/staff-route";
import { download } from "@/lib/http/download";
import { EXPORT_FORMATS } from "@/lib/list/export-format";
import { toCsv, toJson } from "@/lib/list/export-text";
import { toSearchParams } from "@/lib/list/form-query";

export const dynamic = "force-dynamic";

/** Everything that the list shows under this query, whatever the page, as a file. */
export const GET = staffRoute({
  permission: "applications:read",
  run(request) {
    const search = toSearchParams(new URL(request.url).searchParams);
    const format = EXPORT_FORMATS.find((known) => known === search.format) ?? "csv";
    const now = new Date();
    const batches = exportApplications(applicationList.parse(search), now);
    return download({
      name: `applications-${now.toISOString().slice(0, 10)}`,
      format,
      pieces: format === "csv" ? toCsv(EXPORT_FIELDS, batches) : toJson(batches),
    });
  },
});
