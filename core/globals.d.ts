/**
 * The globals that core may use beside the language itself: what Node and Chromium share and what needs no I/O.
 * Anything else that either of them offers is a port.
 */

/** The version in package.json, put in by the build and by the test runner. */
declare const ARCWARDEN_VERSION: string;
