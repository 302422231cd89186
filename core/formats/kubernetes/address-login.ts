/** The end of the host: a path, a query, a fragment; browsers take a backslash for a slash as well. */
const AFTER_HOST = /[/?#\\]/u;

/** An address such as `https://user:password@host:6443` without its login; any other is returned as it is. */
export function withoutLogin(address: string): string {
  const scheme = /^[a-z][a-z\d+.-]*:[/\\]+/iu.exec(address)?.[0] ?? /^[/\\]*/u.exec(address)?.[0] ?? '';
  const rest = address.slice(scheme.length);
  const end = rest.search(AFTER_HOST);
  const host = end < 0 ? rest : rest.slice(0, end);
  return scheme + host.slice(host.lastIndexOf('@') + 1) + rest.slice(host.length);
}
