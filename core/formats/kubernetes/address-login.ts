/** Matches the first character after the host. Browsers also treat a backslash as a slash. */
const AFTER_HOST = /[/?#\\]/u;

/** Removes the login from an address such as `https://user:password@host:6443`. */
export function stripLogin(address: string): string {
  const scheme = /^[a-z][a-z\d+.-]*:[/\\]+/iu.exec(address)?.[0] ?? /^[/\\]*/u.exec(address)?.[0] ?? '';
  const rest = address.slice(scheme.length);
  const end = rest.search(AFTER_HOST);
  const host = end < 0 ? rest : rest.slice(0, end);
  return scheme + host.slice(host.lastIndexOf('@') + 1) + rest.slice(host.length);
}
