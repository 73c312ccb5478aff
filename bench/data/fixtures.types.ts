export type Fixtures = {
  applications: { applicationId: string; clientId: string; clientSecret: string }[];
  /** Addresses for whom rooms are made. */
  people: string[];
  /** Addresses of people who have a page of rooms each and get no more. */
  readers: string[];
};
