import { z } from "zod";
import { type ListParamsOf, listParams, oneOf } from "@/lib/list/list-params";
import { STAFF_ROLES } from "@/lib/permissions";
import { oneLine } from "@/lib/text";

/** Counted in UTF-16 code units, as `String.length` does. */
export const PASSWORD_LENGTH_MIN = 12;
export const PASSWORD_LENGTH_MAX = 256;
const MEMBER_NAME_LENGTH_MAX = 255;

const staffId = z.uuid("not_found");
const role = z.enum(STAFF_ROLES, "role_required");
const token = z.string().min(1).max(128);
/** Length is the only rule about strength that can be told before the server looks. */
const newPassword = z
  .string()
  .min(PASSWORD_LENGTH_MIN, "password_too_short")
  .max(PASSWORD_LENGTH_MAX, "password_too_long");

export const inviteStaffFormSchema = z.strictObject({
  email: z
    .string()
    .trim()
    .min(1, "email_required")
    .max(254, "email_invalid")
    .regex(/^[^\s@]+@[^\s@]+$/, "email_invalid"),
  role,
});
export const staffMemberSchema = z.strictObject({ staffId });
export const setStaffRoleSchema = z.strictObject({ staffId, role });
export const setStaffStatusSchema = z.strictObject({ staffId, isActive: z.boolean() });

export const staffLinkSchema = z.strictObject({ token });
export const joinFormSchema = z.strictObject({
  name: oneLine(MEMBER_NAME_LENGTH_MAX, "member_name_too_long").min(1, "member_name_required"),
  password: newPassword,
});
export const joinSchema = joinFormSchema.extend({ token });
const newPasswordFormSchema = z.strictObject({ password: newPassword });
export const resetPasswordSchema = newPasswordFormSchema.extend({ token });

export const changePasswordSchema = z.strictObject({
  currentPassword: z.string().min(1, "current_password_required").max(PASSWORD_LENGTH_MAX, "current_password_wrong"),
  newPassword,
});
export const endSessionSchema = z.strictObject({ sessionId: z.uuid("not_found") });
/** For what needs no input: it refuses any. */
export const nothingSchema = z.strictObject({});

export type InviteStaff = z.output<typeof inviteStaffFormSchema>;
export type SetStaffRole = z.output<typeof setStaffRoleSchema>;
export type SetStaffStatus = z.output<typeof setStaffStatusSchema>;
export type Join = z.output<typeof joinSchema>;
export type ResetPassword = z.output<typeof resetPasswordSchema>;
export type ChangePassword = z.output<typeof changePasswordSchema>;

/** What can be filtered by: an invitation is one whether or not its link still works. */
export const STAFF_STATUS_FILTERS = ["active", "inactive", "invited"] as const;

/**
 * What can be filtered by: `on` and `off` as the list shows them, `passkey` and `app` by what there is, `external` for
 * those whose provider decides. Every member is one of `on`, `off` and `external`.
 */
export const SECOND_FACTOR_FILTERS = ["on", "passkey", "app", "off", "external"] as const;

/** What the address of the list may say. */
export const staffList = listParams({
  sorts: { name: "asc", lastSignedIn: "desc" },
  defaultSort: "name",
  filters: {
    role: oneOf(STAFF_ROLES),
    status: oneOf(STAFF_STATUS_FILTERS),
    secondFactor: oneOf(SECOND_FACTOR_FILTERS),
  },
});

export type ListStaffParams = ListParamsOf<typeof staffList>;
