import { pageTitle } from "@/app/page-title";
import { ForbiddenPage } from "../_components/forbidden-page";

export const generateMetadata = pageTitle("forbiddenPage.title");

export default function StaffForbidden() {
  return <ForbiddenPage permission="staff:read" />;
}
