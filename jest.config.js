// Tests run as compiled by tsc (npm test builds first): no transform stands between the test and what ships.
module.exports = {
  roots: ["<rootDir>/dist/test"],
  testEnvironment: "<rootDir>/dist/test/support/environment.js",
  transform: {},
  maxWorkers: 2,
  testTimeout: 120_000,
  coverageProvider: "v8",
  collectCoverageFrom: ["<rootDir>/dist/src/**/*.js", "<rootDir>/dist/training/**/*.js", "!**/generated/**", "!**/cli/**"],
};
