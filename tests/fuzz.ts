/** How many cases a property is tried on: some in `npm test`, many in `npm run test:all`. */
export const cases = process.env.ALL ? 10_000 : 500;
/** How long that may take. */
export const patience = process.env.ALL ? 600_000 : 60_000;
