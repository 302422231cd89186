/** Moves the focus from one row of a list to another, depending on the key; returns whether the key is one of these. */
export function moveInRows(event: KeyboardEvent, rows: readonly HTMLElement[]): boolean {
  const at = rows.indexOf(event.currentTarget as HTMLElement);
  const targets: Record<string, HTMLElement | undefined> = {
    ArrowDown: rows[at + 1],
    ArrowUp: rows[at - 1],
    Home: rows[0],
    End: rows.at(-1),
  };
  if (!Object.hasOwn(targets, event.key)) return false;
  targets[event.key]?.focus();
  return true;
}
