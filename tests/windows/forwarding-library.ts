/*
 * Builds the smallest Windows library: one function that forwards to another library. Wine 8 lacks
 * `bcryptprimitives.dll`, from which native parts of Node packages obtain random bytes. Source: Microsoft Learn, PE
 * Format.
 */

const FILE_UNIT = 0x200;
const SECTION_AT = 0x1000;
const PE_AT = 0x40;
const OPTIONAL_AT = PE_AT + 24;
const OPTIONAL_BYTES = 240;
const TABLES_AT = 40;
const TEXTS_AT = 52;

/**
 * Returns the bytes of the library. `target` is the other library and its function, such as
 * `advapi32.SystemFunction036`.
 */
export function buildForwardingLibrary(library: string, name: string, target: string): Buffer {
  return Buffer.concat([headers(), buildExports(library, name, target)]);
}

function headers(): Buffer {
  const bytes = Buffer.alloc(FILE_UNIT);
  const write16 = (value: number, at: number) => bytes.writeUInt16LE(value, at);
  const write32 = (value: number, at: number) => bytes.writeUInt32LE(value, at);
  bytes.write('MZ', 0, 'latin1');
  write32(PE_AT, 60);
  bytes.write('PE', PE_AT, 'latin1');
  // The file is for x64, has one section, and is a library that supports large addresses.
  write16(0x8664, PE_AT + 4);
  write16(1, PE_AT + 6);
  write16(OPTIONAL_BYTES, PE_AT + 20);
  write16(0x2022, PE_AT + 22);
  // The format is PE32+; there is no code. The address and the sizes of the parts follow.
  write16(0x20b, OPTIONAL_AT);
  write32(FILE_UNIT, OPTIONAL_AT + 8);
  write32(SECTION_AT, OPTIONAL_AT + 20);
  bytes.writeBigUInt64LE(0x180000000n, OPTIONAL_AT + 24);
  write32(SECTION_AT, OPTIONAL_AT + 32);
  write32(FILE_UNIT, OPTIONAL_AT + 36);
  // The library is for Windows 6.0 and a console, and needs no relocations.
  write16(6, OPTIONAL_AT + 40);
  write16(6, OPTIONAL_AT + 48);
  write32(2 * SECTION_AT, OPTIONAL_AT + 56);
  write32(FILE_UNIT, OPTIONAL_AT + 60);
  write16(3, OPTIONAL_AT + 68);
  write16(0x100, OPTIONAL_AT + 70);
  // The first of the sixteen directories is that of the exports.
  write32(16, OPTIONAL_AT + 108);
  write32(SECTION_AT, OPTIONAL_AT + 112);
  write32(FILE_UNIT, OPTIONAL_AT + 116);
  const section = OPTIONAL_AT + OPTIONAL_BYTES;
  bytes.write('.rdata', section, 'latin1');
  for (const [offset, value] of [
    [8, FILE_UNIT],
    [12, SECTION_AT],
    [16, FILE_UNIT],
    [20, FILE_UNIT],
    [36, 0x40000040],
  ] as const)
    write32(value, section + offset);
  return bytes;
}

/** Builds the export directory, then its three tables with one entry each, then the texts. */
function buildExports(library: string, name: string, target: string): Buffer {
  const bytes = Buffer.alloc(FILE_UNIT);
  const write = (value: number, at: number) => bytes.writeUInt32LE(value, at);
  const texts = [library, name, target].map((text) => Buffer.from(`${text}\0`, 'latin1'));
  const [libraryAt = 0, nameAt = 0, targetAt = 0] = texts.map(
    (_, at) => SECTION_AT + TEXTS_AT + texts.slice(0, at).reduce((sum, { length }) => sum + length, 0),
  );
  write(libraryAt, 12);
  for (const at of [16, 20, 24]) write(1, at);
  for (const at of [0, 1, 2]) write(SECTION_AT + TABLES_AT + 4 * at, 28 + 4 * at);
  write(targetAt, TABLES_AT);
  write(nameAt, TABLES_AT + 4);
  Buffer.concat(texts).copy(bytes, TEXTS_AT);
  return bytes;
}
