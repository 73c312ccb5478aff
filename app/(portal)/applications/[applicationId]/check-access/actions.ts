"use server";

import { staffAction } from "@/lib/actions/staff-action";
import { accessQuestionSchema } from "@/lib/machine/check-access/access-check.schema";
import { checkAccess } from "@/lib/machine/check-access/check-access";

// An action: what a link begins with is only filled in, and nothing is asked before somebody presses the button.
export const checkAccessAction = staffAction({
  permission: "applications:read",
  schema: accessQuestionSchema,
  run: (input) => checkAccess(input),
});
