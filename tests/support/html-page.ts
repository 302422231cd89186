import { spawnSync } from 'node:child_process';
import { findTool } from '../../build/tools.mjs';

/** Evaluates an XPath expression with libxml. Returns the value, and the errors of the parser. Requires `xmllint`. */
export function evaluateXpath(html: string, xpath: string): { value: string; errors: string[] } {
  const { stdout, stderr } = spawnSync(
    findTool('xmllint')?.path ?? 'xmllint',
    ['--html', '--huge', '--encode', 'utf-8', '--xpath', xpath, '-'],
    { input: html, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  // libxml supports only the elements of HTML 4.
  const errors = stderr.split('\n').filter((line) => /: HTML parser error : |: parser error : /u.test(line));
  return {
    value: stdout.trim(),
    errors: errors.filter((line) => !/Tag (?:main|section|bdi|svg|rect) invalid/u.test(line)),
  };
}
