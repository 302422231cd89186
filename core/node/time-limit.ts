/**
 * Settles like `work`, or rejects with the code `ETIMEDOUT`, which systems report for an unreachable server, if `work`
 * takes too long. The work is not stopped; its outcome is ignored.
 */
export async function limitTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
    timer = setTimeout(() => reject(error), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
