export const QUICK_START_TABS = ["curl", "typescript", "python", "n8n"] as const;
export type QuickStartTab = (typeof QUICK_START_TABS)[number];

/** What the address of the quick start says. Whatever is not said, or cannot be used, is empty; no secret is ever part of it. */
export type AddressState = {
  /** The id of an application, for staff. */
  application: string;
  /** The client ID that an integrator was given. */
  client: string;
  person: string;
  tab: QuickStartTab;
};

const APPLICATION_ID = /^[0-9a-f-]{36}$/;
const CLIENT_ID = /^[A-Za-z0-9_-]{1,64}$/;
/** Means the same in a shell, in a string of every language here, and in a form. */
const PLAIN_ADDRESS = /^[A-Za-z0-9][A-Za-z0-9._+-]*@[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+$/;
const ADDRESS_LENGTH_MAX = 254;

/** Whether a client ID can stand in a program as it is. */
export function isPlainClientId(text: string): boolean {
  return CLIENT_ID.test(text);
}

/** Whether an e-mail address can stand in a program as it is: links fill it in, and people run what they copy. */
export function isPlainAddress(text: string): boolean {
  return text.length <= ADDRESS_LENGTH_MAX && PLAIN_ADDRESS.test(text);
}

export function parseAddressState(search: URLSearchParams): AddressState {
  const read = (name: keyof AddressState, isUsable: (text: string) => boolean) => {
    const text = search.get(name) ?? "";
    return isUsable(text) ? text : "";
  };
  return {
    application: read("application", (text) => APPLICATION_ID.test(text)),
    client: read("client", isPlainClientId),
    person: read("person", isPlainAddress),
    tab: QUICK_START_TABS.find((tab) => tab === search.get("tab")) ?? "curl",
  };
}

/** Leaves out what is not said, so that one state has one address. */
export function toAddressQuery({ application, client, person, tab }: AddressState): Record<string, string> {
  const said = { application, client, person, tab: tab === "curl" ? "" : tab };
  return Object.fromEntries(Object.entries(said).filter(([, text]) => text !== ""));
}
