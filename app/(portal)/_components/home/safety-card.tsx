import { getNow, getTranslations } from "next-intl/server";
import { Card, CardHeading } from "@/components/ui/card";
import { config } from "@/lib/env/config";
import { revokeAllTokensPhrase } from "@/lib/tokens/revoke-all-tokens";
import { countRecentCalls } from "@/lib/usage/count-recent-calls";
import { RevokeAllTokens } from "./revoke-all-tokens";

/** The last resort, for administrators: apart from the rest, because it affects every application. */
export async function SafetyCard() {
  const [calls, now, t] = await Promise.all([
    countRecentCalls({}, new Date()),
    getNow(),
    getTranslations("revokeAllTokens"),
  ]);
  return (
    <Card aria-labelledby="safety" className="space-y-4">
      <div className="max-w-prose">
        <CardHeading id="safety" text={t("purpose")}>
          {t("safety")}
        </CardHeading>
      </div>
      <RevokeAllTokens phrase={revokeAllTokensPhrase(config())} calls={calls} now={now} />
    </Card>
  );
}
