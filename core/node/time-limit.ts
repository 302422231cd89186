/**
 * Resolves like `work` if it settles in time, otherwise fails with the code `ETIMEDOUT`, as the system reports for a
 * server that is gone. The work continues, since nothing can stop it, and its outcome is dropped.
 */
export async function within<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }));
    }, limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
