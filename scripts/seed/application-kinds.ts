import { SCOPES, type Scope } from "@/lib/applications/scopes";

export type SecretKind = {
  label?: string;
  /** Missing: with the application. */
  createdDaysAgo?: number;
  /** Missing: with the application's last use. */
  usedDaysAgo?: number;
  expiresInDays?: number;
  /** Negative for a revocation that is still to come. */
  endedDaysAgo?: number;
  /** A rotation has put the first secret in its place. */
  isReplaced?: true;
};

/** A kind of application, by what is worth looking at. Days count back from now; negative ones are to come. */
export type ApplicationKind = {
  name: string;
  scopes: readonly Scope[];
  /** None means any e-mail domain. */
  domains: readonly string[];
  createdDaysAgo: number;
  /** Missing: never used. */
  usedDaysAgo?: number;
  isInactive?: true;
  /** Missing: one, about which nothing is to be said. */
  secrets?: readonly SecretKind[];
  signsWithKey?: true;
  /** How many people are on its lists. */
  lists?: { allow?: number; deny?: number };
};

/** When those that are inactive were deactivated. */
export const DEACTIVATED_DAYS_AGO = 10;

const ALL = SCOPES;
const CREATE: readonly Scope[] = ["rooms:create"];
const READ: readonly Scope[] = ["rooms:list", "rooms:retrieve"];
const REGIONS = Array.from({ length: 60 }, (_, index) => `d${index + 1}.region.example`);

/** States that somebody has to see at least once. */
export const SPECIAL_KINDS: readonly ApplicationKind[] = [
  {
    name: "Faculty calendar",
    scopes: ALL,
    domains: ["arts.university.example"],
    createdDaysAgo: 300,
    usedDaysAgo: 0.01,
    secrets: [{ label: "Production" }],
  },
  {
    name: "Secret ends this week",
    scopes: CREATE,
    domains: ["city.example"],
    createdDaysAgo: 85,
    usedDaysAgo: 0.2,
    secrets: [{ expiresInDays: 5 }],
  },
  {
    name: "Secret in rotation",
    scopes: ALL,
    domains: ["hospital.example"],
    createdDaysAgo: 200,
    usedDaysAgo: 0.05,
    secrets: [
      { label: "New", createdDaysAgo: 2, usedDaysAgo: 0.05 },
      { label: "Old", usedDaysAgo: 1.2, endedDaysAgo: -5, isReplaced: true },
    ],
  },
  {
    name: "Five live secrets",
    scopes: READ,
    domains: ["port.example"],
    createdDaysAgo: 150,
    usedDaysAgo: 1,
    secrets: [{}, {}, {}, {}, {}],
  },
  {
    name: "Only ended secrets",
    scopes: READ,
    domains: ["museum.example"],
    createdDaysAgo: 380,
    usedDaysAgo: 40,
    secrets: [{ endedDaysAgo: 30 }, { expiresInDays: -10 }],
  },
  {
    name: "Any domain, everything granted",
    scopes: ALL,
    domains: [],
    createdDaysAgo: 60,
    usedDaysAgo: 0.5,
    lists: { deny: 2 },
  },
  {
    name: "Only for people on its list",
    scopes: READ,
    domains: [],
    createdDaysAgo: 70,
    usedDaysAgo: 0.6,
    lists: { allow: 5 },
  },
  { name: "No scopes yet", scopes: [], domains: ["library.example"], createdDaysAgo: 3 },
  { name: "Created today, never used", scopes: CREATE, domains: ["school.example"], createdDaysAgo: 0.1 },
  { name: "Never used for a year", scopes: CREATE, domains: ["theatre.example"], createdDaysAgo: 365 },
  { name: "Unused for half a year", scopes: ALL, domains: ["archive.example"], createdDaysAgo: 500, usedDaysAgo: 180 },
  {
    name: "Shut out after an incident",
    scopes: ALL,
    domains: [],
    createdDaysAgo: 250,
    usedDaysAgo: 12,
    isInactive: true,
  },
  {
    name: "Signs with its own key",
    scopes: ALL,
    domains: ["registry.example"],
    createdDaysAgo: 90,
    usedDaysAgo: 0.1,
    secrets: [],
    signsWithKey: true,
  },
  { name: "Many domains", scopes: READ, domains: REGIONS, createdDaysAgo: 120, usedDaysAgo: 2 },
  {
    name: "Réservation des salles – Préfecture de l’Île-de-France & Œuvres « sociales »",
    scopes: CREATE,
    domains: ["prefecture.example"],
    createdDaysAgo: 45,
    usedDaysAgo: 3,
  },
  {
    name: `A-name-without-a-place-to-break-${"x".repeat(80)}`,
    scopes: CREATE,
    domains: ["long.example"],
    createdDaysAgo: 30,
    usedDaysAgo: 4,
  },
  {
    name: '=HYPERLINK("https://example.org";"a formula")',
    scopes: READ,
    domains: ["formula.example"],
    createdDaysAgo: 20,
    usedDaysAgo: 6,
  },
];

const WHAT = ["Calendar", "Booking desk", "Help desk", "Learning platform", "Consultation", "Recruitment"] as const;
const WHOM = ["Lyon", "Nantes", "Public works", "Social services", "Health", "Justice", "Transport"] as const;

/** An ordinary application, one of many. */
export function ordinaryKind(index: number): ApplicationKind {
  const what = WHAT[index % WHAT.length] ?? "Calendar";
  const whom = WHOM[index % WHOM.length] ?? "Lyon";
  return {
    name: `${what} – ${whom}`,
    scopes: index % 3 === 0 ? ALL : [...CREATE, ...READ],
    domains: [`${whom.toLowerCase().replaceAll(" ", "-")}.example`],
    createdDaysAgo: 20 + index * 11,
    // One that was deactivated was last used before that.
    usedDaysAgo: index % 8 === 7 ? DEACTIVATED_DAYS_AGO + 1 : (index % 6) * 0.7 + 0.02,
    ...(index % 8 === 7 ? { isInactive: true as const } : {}),
  };
}
