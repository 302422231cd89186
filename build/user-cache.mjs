import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where downloads that outlive a clone are cached, outside the working tree. In a file of its own: benches bundle it, and there
 * `import.meta.url` is not that of the source.
 *
 * @param {NodeJS.ProcessEnv} environment
 */
export function userCache(environment) {
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'arcwarden');
}
