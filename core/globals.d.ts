/**
 * The globals that core may use beside the language itself: what Node and Chromium share and what needs no I/O.
 * Anything else that either of them offers is a port.
 */

/** The version in package.json, put in by the build and by the test runner. */
declare const ARCWARDEN_VERSION: string;

/** The text of a script, as the build and the test runner load it. */
declare module '*.ps1' {
  const code: string;
  export default code;
}
