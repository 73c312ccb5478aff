import { useTranslations } from "next-intl";

/** Colours come from the theme, so the picture is light and dark with the page. */
const BOX = "fill-surface stroke-line-strong";
const TEXT = "fill-ink text-[14px] font-medium";
const NOTE = "fill-ink-muted text-[12px]";
const ARROW = "fill-none stroke-accent";

/** Application, portal and rooms, and what goes between them. The steps beside it say the same in words. */
export function DelegationPicture() {
  const t = useTranslations("delegationGuide");
  return (
    <div className="max-w-3xl overflow-x-auto rounded-lg border border-line bg-sunken p-4">
      <svg role="img" aria-label={t("picture")} viewBox="0 0 720 220" className="h-auto w-full min-w-2xl">
        <defs>
          <marker
            id="delegation-head"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8Z" className="fill-accent" />
          </marker>
        </defs>
        <rect x="10" y="60" width="170" height="100" rx="8" className={BOX} />
        <text x="95" y="105" textAnchor="middle" className={TEXT}>
          {t("application")}
        </text>
        <text x="95" y="126" textAnchor="middle" className={NOTE}>
          client_id + secret
        </text>
        <rect x="400" y="10" width="310" height="80" rx="8" className={BOX} />
        <text x="555" y="45" textAnchor="middle" className={TEXT}>
          {t("tokens")}
        </text>
        <text x="555" y="66" textAnchor="middle" className={NOTE}>
          POST /api/oauth/token
        </text>
        <rect x="400" y="130" width="310" height="80" rx="8" className={BOX} />
        <text x="555" y="165" textAnchor="middle" className={TEXT}>
          {t("rooms")}
        </text>
        <text x="555" y="186" textAnchor="middle" className={NOTE}>
          POST /api/external/rooms
        </text>
        <path d="M180 85 L394 40" strokeWidth="2" markerEnd="url(#delegation-head)" className={ARROW} />
        <text x="278" y="42" textAnchor="middle" className={NOTE}>
          requested_subject=ana@…
        </text>
        <path
          d="M400 66 L186 106"
          strokeWidth="2"
          strokeDasharray="5 4"
          markerEnd="url(#delegation-head)"
          className={ARROW}
        />
        <text x="300" y="108" textAnchor="middle" className={NOTE}>
          {t("token")}
        </text>
        <path d="M180 135 L394 170" strokeWidth="2" markerEnd="url(#delegation-head)" className={ARROW} />
        <text x="270" y="180" textAnchor="middle" className={NOTE}>
          Authorization: Bearer
        </text>
      </svg>
    </div>
  );
}
