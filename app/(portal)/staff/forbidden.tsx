import { RoleRefusal } from "../_components/role-refusal";

export default function StaffForbidden() {
  return <RoleRefusal permission="staff:read" />;
}
