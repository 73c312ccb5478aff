// An address that nothing has, inside the portal's own frame: whoever is signed in goes on from there.
export { default } from "../(portal)/layout";
