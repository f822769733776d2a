import base from '../../jest.config.js';

/** Tests against the real backends; `npm run test:stack` builds first what is missing. */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/e2e/stack'],
  testMatch: ['<rootDir>/e2e/stack/*.test.ts'],
  maxWorkers: 3,
  testTimeout: 240_000,
};
