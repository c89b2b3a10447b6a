import type { Reporter, TestModule } from 'vitest/node';

/** Ends a test run with the plain line `N passed, N failed`, which continuous integration reads. */
export default class CountReporter implements Reporter {
  private line = '';

  constructor() {
    // The default reporter prints after the run as well; only what is written on exit comes last.
    process.once('exit', () => process.stdout.write(this.line));
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        if (state === 'failed') failed += 1;
      }
      // A file that does not load and a hook that throws fail without a test of their own: each counts as one.
      for (const suite of [module, ...module.children.allSuites()]) {
        if (suite.errors().length > 0) failed += 1;
      }
    }
    this.line = `${passed} passed, ${failed} failed\n`;
  }
}
