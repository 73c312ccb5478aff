import PortalLayout from "../(portal)/layout";

/** Pages that whoever writes an application may read without a session. With one, they look like the rest of the portal. */
export default PortalLayout;
