/**
 * Copies plain data and its strings, since a substring would keep the whole original string in memory; shares the
 * bytes.
 */
export function copyTexts<T>(data: T, copies = new Map<object, unknown>()): T {
  if (typeof data === 'string') return JSON.parse(JSON.stringify(data)) as T;
  if (typeof data !== 'object' || data === null || ArrayBuffer.isView(data)) return data;
  const known = copies.get(data);
  if (known !== undefined) return known as T;
  const copy: unknown = Array.isArray(data) ? [] : {};
  copies.set(data, copy);
  for (const [key, value] of Object.entries(data)) (copy as Record<string, unknown>)[key] = copyTexts(value, copies);
  return copy as T;
}
