import Link from "next/link";
import { routes } from "@/lib/routes";

/** The product's mark, an open door, which is not translated. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <path
        d="M9 25V8.5A1.5 1.5 0 0 1 10.5 7h11A1.5 1.5 0 0 1 23 8.5V25M6.5 25h19"
        className="fill-none stroke-on-accent"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <path d="M12.5 10.5 18 13v12h-5.5z" className="fill-on-accent" />
    </svg>
  );
}

/** The mark and the name, leading home. `isCrowded`: with much beside it, which narrow windows have no room for. */
export function Brand({ isCrowded = false }: { isCrowded?: boolean }) {
  return (
    <Link href={routes.home()} className="inline-flex items-center gap-2.5 rounded-md text-lg font-semibold text-ink">
      <BrandMark className="size-8" />
      <span className={isCrowded ? "max-[27rem]:sr-only" : "max-[22.5rem]:sr-only"}>Vestibule</span>
    </Link>
  );
}
