/** Makes V8 drop the text that a regular expression last matched, which V8 keeps until the next match. */
export function forgetSearchedText(): void {
  /^/u.test('');
}
