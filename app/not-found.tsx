import { pageTitle } from "@/app/page-title";
import { NotFoundMessage } from "./_components/not-found-message";

export const generateMetadata = pageTitle("failure.notFoundTitle");

export default function NotFound() {
  return (
    <main>
      <NotFoundMessage />
    </main>
  );
}
