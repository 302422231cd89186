/**
 * Web standards of both Node and Chromium, for programs compiled without either. Only globals that decode, encode or
 * copy data belong here; a clock, a timer or a random source is a port.
 */

interface TextDecoder {
  decode(input?: ArrayBufferView | ArrayBuffer): string;
}
declare var TextDecoder: { new (label?: string, options?: { ignoreBOM?: boolean }): TextDecoder };

interface TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare var TextEncoder: { new (): TextEncoder };

interface URL {
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
}
declare var URL: { new (url: string): URL };

declare function structuredClone<T>(value: T): T;
declare function atob(data: string): string;
declare function btoa(data: string): string;
