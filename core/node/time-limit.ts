/**
 * What `work` resolves to, if it does so in time; otherwise an error with the code `ETIMEDOUT`, as the system itself reports
 * it for a server that is gone. The work goes on, since nothing can call it back, and its outcome is dropped.
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
