// Prints "passed failed" of a jest JSON report; a suite that could not even load counts as one failed test.
import { readFileSync } from "node:fs";

const report = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(report.numPassedTests, report.numFailedTests + report.numRuntimeErrorTestSuites);
