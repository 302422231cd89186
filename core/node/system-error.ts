import { ConsoleError } from '../shared/problem.ts';

/** Returns a code such as `ENOSPC`, or `''`. */
export function systemCode(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

export function readFailure(path: string, error: unknown): ConsoleError {
  if (error instanceof ConsoleError) return error;
  const reason = systemCode(error);
  const code = reason === 'ENOENT' || reason === 'ENOTDIR' ? 'file.not-found' : 'file.not-readable';
  return new ConsoleError(code, { path, reason }, { cause: error });
}

export function flushFailure(path: string, error: unknown): ConsoleError {
  return new ConsoleError('file.not-flushed', { path, reason: systemCode(error) }, { cause: error });
}

export function writeFailure(path: string, error: unknown): ConsoleError {
  if (error instanceof ConsoleError) return error;
  return new ConsoleError('file.not-writable', { path, reason: systemCode(error) }, { cause: error });
}
