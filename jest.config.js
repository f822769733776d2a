/** Tests that need nothing but Node. Those that start whole programs or a browser are in `e2e/`. */
export default {
  roots: ['<rootDir>/packages', '<rootDir>/examples', '<rootDir>/dev', '<rootDir>/tools'],
  testMatch: ['**/test/**/*.test.ts', '<rootDir>/tools/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/tools/strip-types.cjs' },
  // A machine may be busy: a test that starts processes takes a second on a quiet one.
  testTimeout: 30_000,
  testEnvironmentOptions: {
    customExportConditions: ['@moneytrail/source', 'node', 'node-addons'],
  },
  coverageProvider: 'v8',
  collectCoverageFrom: ['packages/*/src/**/*.ts'],
};
