import { ApplicationFrame } from "./_components/frame/application-frame";

/** What stays while somebody goes through the pages of an application. */
export default async function ApplicationLayout({ children, params }: LayoutProps<"/applications/[applicationId]">) {
  return <ApplicationFrame applicationId={(await params).applicationId}>{children}</ApplicationFrame>;
}
