import { ApplicationFormPage } from "../pages/application-form-page";
import { ApplicationPage } from "../pages/application-page";
import { CLIENTS, type ClientName, writeClients } from "../support/clients";
import { test as setup } from "../support/fresh-session";
import type { Credentials } from "../support/oauth-requests";

setup("creates the applications that the API specs call with", async ({ page }) => {
  const form = new ApplicationFormPage(page);
  const made: Partial<Record<ClientName, Credentials>> = {};
  for (const name of Object.keys(CLIENTS) as ClientName[]) {
    const { scopes, domains } = CLIENTS[name];
    await form.open();
    await form.fill({ name: `API specs: ${name}`, scopes, domains });
    made[name] = await form.createAndReadCredentials();
    if (name === "inactive") await new ApplicationPage(page).deactivate();
  }
  const { full, limited, unscoped, inactive } = made;
  if (full === undefined || limited === undefined || unscoped === undefined || inactive === undefined) {
    throw new Error("An application was not made.");
  }
  writeClients({ full, limited, unscoped, inactive });
});
