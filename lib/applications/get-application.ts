import "server-only";

import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { isUuid } from "@/lib/uuid";
import type { ApplicationDetail } from "./application.types";
import { applicationDetailSelect, toApplicationDetail } from "./application-projection";

/** Returns one application. Throws AppError `not_found` for an unknown id and for what is no id at all. */
export async function getApplication(applicationId: string): Promise<ApplicationDetail> {
  const row = isUuid(applicationId)
    ? await database().application.findUnique({
        where: { id: applicationId, deletedAt: null },
        select: applicationDetailSelect,
      })
    : null;
  if (row === null) throw new AppError("not_found", "not_found");
  return toApplicationDetail(row);
}
