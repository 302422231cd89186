/**
 * The globals that core may use in addition to the language itself: those that Node and Chromium share and that need no
 * I/O. Everything else that they offer is a port.
 */

/** The version in package.json, inserted by the build and the test runner. */
declare const ARCWARDEN_VERSION: string;

/** The text of a script, as loaded by the build and the test runner. */
declare module '*.ps1' {
  const code: string;
  export default code;
}
