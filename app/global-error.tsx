"use client";

import "./globals.css";

/** The last resort: the document itself could not be made, and with it neither language nor catalogue. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <title>Vestibule</title>
        <main className="mx-auto grid max-w-xl gap-10 px-4 py-16">
          <div className="space-y-3">
            <h1 className="text-2xl font-semibold">This page could not be shown</h1>
            <p>Reload it. If that does not help, tell the person who runs Vestibule.</p>
          </div>
          <div lang="fr" className="space-y-3">
            <h2 className="text-2xl font-semibold">Cette page n’a pas pu être affichée</h2>
            <p>Rechargez-la. Si cela ne suffit pas, prévenez la personne qui administre Vestibule.</p>
          </div>
          {error.digest !== undefined && <p className="font-mono text-sm text-ink-muted">{error.digest}</p>}
        </main>
      </body>
    </html>
  );
}
