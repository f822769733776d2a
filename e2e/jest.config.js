import base from '../jest.config.js';

/** Whole programs and a real Chromium, one file at a time: they own ports and measure nothing. */
export default {
  ...base,
  rootDir: '..',
  roots: ['<rootDir>/e2e'],
  testMatch: ['<rootDir>/e2e/*.test.ts'],
  maxWorkers: 1,
  testTimeout: 120_000,
};
