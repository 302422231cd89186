import { readCmdletOutput, type CmdletOutput, type OutputField } from '../cmdlet-output/cmdlet-output.ts';
import { formatValue, isList, readPrintedValue } from '../cmdlet-output/value.ts';

/**
 * The configuration of the modules AksHci, Kva and Moc, from `Get-AksHciConfig`, `Get-KvaConfig`, `Get-MocConfig` or
 * `psconfig.json`, in any form that PowerShell prints. Setting names are those published in build 1.0.24.11029.
 */

export type ConfigSection = 'AksHci' | 'Kva' | 'Moc';

/** `cut`: part of the value is missing. */
interface Setting {
  text: string;
  cut: boolean;
}

export interface ModuleConfig {
  /** By lower-case name; a section is present if at least one of its settings was read. */
  sections: Partial<Record<ConfigSection, ReadonlyMap<string, Setting>>>;
  /** Sections that were printed on one line and truncated. */
  cutSections: readonly ConfigSection[];
}

const SECTIONS: readonly ConfigSection[] = ['AksHci', 'Kva', 'Moc'];

/** Settings that occur in only one section. Any two of one section prove that the text is a configuration. */
const OWN_SETTINGS: Readonly<Record<ConfigSection, readonly string[]>> = {
  AksHci: [
    ...['moduleversion', 'deploymentid', 'mocinstalledbyakshci', 'cachedlatestakshciversion'],
    ...['cachedminakshciversion', 'cachedlatestpsversion', 'cacertrotationthreshold', 'latestversionscachedon'],
  ],
  Kva: ['kvaname', 'kvak8sversion', 'identity', 'controlplanevmsize', 'containerregistryserver', 'vnetvippoolstart'],
  Moc: [
    ...['cloudfqdn', 'cloudlocation', 'clusterrolename', 'cloudconfiglocation', 'nodeconfiglocation'],
    ...['accessfiledirpath', 'mocloginyaml', 'sshprivatekey', 'cloudagentport'],
  ],
};
const LEAST_OWN = 2;
/** Two different matches occur in no other text. On a narrow console, a section name is alone on its line. */
const MARK =
  /moduleVersion|deploymentId|kvaName|kvaK8sVersion|cloudFqdn|clusterRoleName|accessFileDirPath|mocLoginYAML|^(?:AksHci|Kva|Moc) {1,60}(?::|\{)/gimu;
const LONGEST_CONFIG = 256 * 1024;

/** Reads a configuration; `undefined` for any other text. Takes time linear in the length; never throws. */
export function readModuleConfig(text: string): ModuleConfig | undefined {
  if (text.length > LONGEST_CONFIG || new Set(text.match(MARK)).size < LEAST_OWN) return undefined;
  const reader = new ConfigReader();
  for (const output of readCmdletOutput(text).outputs) reader.take(output);
  return reader.result();
}

/** Reads settings in printed order; a repeated name starts another section. */
class ConfigReader {
  readonly #sections = new Map<ConfigSection, ReadonlyMap<string, Setting>>();
  readonly #cut = new Set<ConfigSection>();
  #open = new Map<string, Setting>();

  take(output: CmdletOutput): void {
    if (output.shape === 'error') return;
    if (output.shape === 'lines') {
      for (const { text } of output.lines) this.#assignment(text);
      return;
    }
    this.#close();
    for (const { fields } of output.records) {
      const entry = hashtableEntry(fields);
      if (entry === undefined) this.#fields(fields);
      else this.#field(entry);
    }
    this.#close();
  }

  result(): ModuleConfig | undefined {
    this.#close();
    const cutSections = [...this.#cut].filter((section) => !this.#sections.has(section));
    if (this.#sections.size === 0 && cutSections.length < LEAST_OWN) return undefined;
    return { sections: Object.fromEntries(this.#sections), cutSections };
  }

  #assignment(text: string): void {
    const [, name, value = ''] = /^([A-Za-z]\w{0,63})=(.*)$/u.exec(text) ?? [];
    if (name !== undefined) this.#setting(name, { text: value, cut: readPrintedValue(value).cut });
  }

  #fields(fields: readonly OutputField[], section?: ConfigSection): void {
    this.#close();
    for (const field of fields) this.#field(field);
    this.#close(section);
  }

  #field({ name, value, cut }: OutputField): void {
    const section = SECTIONS.find((each) => each.toLowerCase() === name.toLowerCase());
    if (typeof value === 'object' && !isList(value)) {
      if (section === undefined) return;
      const fields = Object.entries(value).map(([key, each]) => ({ name: key, value: each, cut: false }));
      this.#fields(fields, section);
    } else if (section !== undefined) this.#cut.add(section);
    else this.#setting(name, { text: formatValue(value) ?? '', cut });
  }

  #setting(name: string, setting: Setting): void {
    const key = name.toLowerCase();
    const section = SECTIONS.find((each) => OWN_SETTINGS[each].includes(key));
    if (this.#open.has(key) || (section !== undefined && this.#isAnother(section))) this.#close();
    this.#open.set(key, setting);
  }

  #isAnother(section: ConfigSection): boolean {
    return SECTIONS.some((each) => each !== section && OWN_SETTINGS[each].some((name) => this.#open.has(name)));
  }

  /** Closes the section, identified by its name or by settings that no other section has. */
  #close(named?: ConfigSection): void {
    const settings = this.#open;
    this.#open = new Map();
    const own = (section: ConfigSection): number => OWN_SETTINGS[section].filter((name) => settings.has(name)).length;
    const section = named ?? SECTIONS.find((each) => own(each) >= LEAST_OWN);
    if (section !== undefined && settings.size > 0) this.#sections.set(section, settings);
  }
}

function hashtableEntry([name, value, ...others]: readonly OutputField[]): OutputField | undefined {
  const isEntry = others.length === 0 && name?.name.toLowerCase() === 'name' && value?.name.toLowerCase() === 'value';
  return isEntry ? { name: formatValue(name.value) ?? '', value: value.value, cut: value.cut } : undefined;
}
