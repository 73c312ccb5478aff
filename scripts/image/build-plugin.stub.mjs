// Stands in for a plug-in of next.config.ts that has done its work during the build.
export default () => (config) => config;
