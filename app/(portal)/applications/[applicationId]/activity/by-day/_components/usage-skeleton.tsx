/** Stands where the charts will be, in about their size. */
export function UsageSkeleton() {
  return (
    <div aria-hidden="true" className="grid grid-cols-1 gap-6 lg:grid-cols-2">
      {["tokens", "rooms"].map((chart) => (
        <div key={chart} className="h-80 animate-pulse rounded-lg border border-line bg-sunken" />
      ))}
    </div>
  );
}
