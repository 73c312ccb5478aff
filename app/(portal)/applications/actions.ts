"use server";

import { staffAction } from "@/lib/actions/staff-action";
import {
  createApplicationSchema,
  setApplicationStatusesSchema,
  setApplicationStatusSchema,
  updateApplicationSchema,
} from "@/lib/applications/application.schema";
import { createApplication, createApplicationWithPickUpLink } from "@/lib/applications/create-application";
import { deleteApplication } from "@/lib/applications/delete-application";
import { deleteApplicationSchema } from "@/lib/applications/delete-application.schema";
import { previewApplicationStatuses } from "@/lib/applications/status/preview-application-statuses";
import { setApplicationStatus } from "@/lib/applications/status/set-application-status";
import { setApplicationStatuses } from "@/lib/applications/status/set-application-statuses";
import { updateApplication } from "@/lib/applications/update-application";
import { widensScopes } from "@/lib/applications/widens-scopes";

// None of these revalidates a path: that would render the page anew while the browser still shows a secret. Callers
// refresh when they are done.

export const createApplicationAction = staffAction({
  permission: "applications:write",
  schema: createApplicationSchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => createApplication(ctx, input),
});

export const createApplicationWithPickUpLinkAction = staffAction({
  permission: "applications:write",
  schema: createApplicationSchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => createApplicationWithPickUpLink(ctx, input),
});

export const updateApplicationAction = staffAction({
  permission: "applications:write",
  schema: updateApplicationSchema,
  requiresFreshSignIn: widensScopes,
  run: (input, ctx) => updateApplication(ctx, input),
});

export const setApplicationStatusAction = staffAction({
  permission: "applications:write",
  schema: setApplicationStatusSchema,
  requiresFreshSignIn: ({ isActive }) => isActive,
  run: (input, ctx) => setApplicationStatus(ctx, input),
});

export const deleteApplicationAction = staffAction({
  permission: "applications:delete",
  schema: deleteApplicationSchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => deleteApplication(ctx, input),
});

/** Changes nothing, yet asks for what the change asks for: it prepares it. */
export const previewApplicationStatusesAction = staffAction({
  permission: "applications:write",
  schema: setApplicationStatusesSchema,
  run: (input, { now }) => previewApplicationStatuses(input, now()),
});

export const setApplicationStatusesAction = staffAction({
  permission: "applications:write",
  schema: setApplicationStatusesSchema,
  requiresFreshSignIn: ({ isActive }) => isActive,
  run: (input, ctx) => setApplicationStatuses(ctx, input),
});
