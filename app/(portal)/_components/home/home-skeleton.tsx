/** Stands where the findings will be, in about their size. */
export function HomeSkeleton() {
  return (
    <div aria-hidden="true" className="grid grid-cols-1 gap-6 lg:grid-cols-2">
      {["secrets", "refused", "unrestricted", "unused"].map((card) => (
        <div key={card} className="h-40 animate-pulse rounded-lg border border-line bg-sunken" />
      ))}
    </div>
  );
}
