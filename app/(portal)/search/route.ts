import { staffRoute } from "@/lib/auth/staff-route";
import { answerSearch } from "@/lib/search/answer-search";

export const dynamic = "force-dynamic";

/** What the search of the portal finds. It reads only; it is a POST because what is typed belongs into no address. */
export const POST = staffRoute({ permission: "applications:read", run: answerSearch });
