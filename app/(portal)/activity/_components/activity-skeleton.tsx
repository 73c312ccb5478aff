/** Stands where filters, chart and requests will be, in about their size. */
export function ActivitySkeleton() {
  return (
    <div aria-hidden="true" className="space-y-6">
      {["h-24", "h-72", "h-96"].map((height) => (
        <div key={height} className={`${height} animate-pulse rounded-lg border border-line bg-sunken`} />
      ))}
    </div>
  );
}
