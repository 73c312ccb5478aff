import { Ellipsis } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { Disclosure } from "@/components/layout/disclosure";
import { OpenedByAddress } from "@/components/ui/opened-by-address";
import { countCreatedRooms } from "@/lib/applications/count-created-rooms";
import { isPermitted, type StaffRole } from "@/lib/permissions";
import { countRecentCalls } from "@/lib/usage/count-recent-calls";
import { CallsPreview } from "../../../../_components/calls-preview";
import { DeleteApplicationControl } from "./delete-application-control";
import { RevokeTokensControl } from "./revoke-tokens-control";
import { StatusControl } from "./status-control";

type ApplicationMenuProps = {
  application: { id: string; name: string; isActive: boolean };
  role: StaffRole;
  now: Date;
};

/** What is done with an application rarely, and what takes access away. Nothing for who may do none of it. */
export async function ApplicationMenu({ application: { id, name, isActive }, role, now }: ApplicationMenuProps) {
  const canWrite = isPermitted(role, "applications:write");
  const canRevokeTokens = isPermitted(role, "secrets:write");
  const canDelete = isPermitted(role, "applications:delete");
  if (!canWrite && !canRevokeTokens && !canDelete) return null;
  const [calls, roomCount, t] = await Promise.all([
    countRecentCalls({ applicationId: id }, now),
    countCreatedRooms(id),
    getTranslations("applicationFrame"),
  ]);
  const subject = { applicationId: id, name, preview: <CallsPreview calls={calls} now={now} /> };
  return (
    <Disclosure
      look="button"
      summary={
        <>
          <Ellipsis aria-hidden="true" className="size-4" />
          <span className="sr-only">{t("menu")}</span>
        </>
      }
    >
      <ul className="-m-2 [&_button]:w-full [&_button]:justify-start">
        {canWrite && (
          <li>
            {/* To activate one asks no question, so that no address presses that button. */}
            <OpenedByAddress name={isActive ? "deactivate" : undefined}>
              <StatusControl isActive={isActive} {...subject} />
            </OpenedByAddress>
          </li>
        )}
        {canRevokeTokens && (
          <li>
            <RevokeTokensControl {...subject} />
          </li>
        )}
        {canDelete && (
          <li className="mt-2 border-t border-line pt-2 [&_button]:text-danger">
            <DeleteApplicationControl roomCount={roomCount} {...subject} />
          </li>
        )}
      </ul>
    </Disclosure>
  );
}
