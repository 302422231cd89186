import type { Ports, Printed } from '../shared/ports.ts';
import { ConsoleError } from '../shared/problem.ts';

export interface Printing {
  host: Pick<Ports['host'], 'print'>;
}

/** Prints a page through the dialog of the system. Throws `print.not-available` or `print.failed`. */
export async function printPage({ host }: Printing, html: () => string): Promise<Printed> {
  if (host.print === undefined) throw new ConsoleError('print.not-available', {});
  return { printed: await host.print(html()) };
}
