"use server";

import { staffAction } from "@/lib/actions/staff-action";
import { accessQuestionSchema } from "@/lib/machine/check-access/access-check.schema";
import { checkAccess } from "@/lib/machine/check-access/check-access";

// An action, not an address with parameters: whom somebody asks about is nobody's business in a log or a history.
export const checkAccessAction = staffAction({
  permission: "applications:read",
  schema: accessQuestionSchema,
  run: (input) => checkAccess(input),
});
