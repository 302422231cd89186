import type { ChannelDraft, ChannelSettings, FileDraft, SecretDraft } from '../../core/notifications/contract.ts';
import {
  initialValue,
  isNeeded,
  listFormFields,
  type ChannelKind,
  type NamedField,
} from '../../core/notifications/model/channel.ts';
import { MOST_PORT } from '../../core/notifications/model/channel-type.ts';
import type { ChannelView } from '../../core/notifications/model/notification-view.ts';

export class ChannelForm {
  readonly #kind: ChannelKind;
  readonly #fields: readonly NamedField[];
  name = $state('');
  enabled = $state(true);
  texts: Record<string, string> = $state({});
  readers: Record<string, { read: () => SecretDraft | FileDraft } | null> = $state({});
  #isAsked = $state(false);

  readonly shown = $derived.by(() => this.#fields.filter((field) => this.#isShown(field)));

  constructor(kind: ChannelKind, channel: ChannelView | undefined, usualName: string) {
    this.#kind = kind;
    this.#fields = listFormFields(kind);
    this.name = channel?.name ?? usualName;
    this.enabled = channel?.enabled ?? true;
    for (const field of this.#fields) {
      const value = initialValue(field, channel, this.texts);
      this.texts[field.name] = Array.isArray(value) ? value.join(', ') : String(value);
    }
  }

  /** Selects a choice, and its usual port unless another port was typed. */
  choose({ name }: NamedField, choice: string): void {
    for (const { name: port, ...field } of this.#fields) {
      if (field.type !== 'port' || field.usual.choice !== name) continue;
      const { ports } = field.usual;
      if (this.texts[port] === String(ports[this.texts[name] ?? ''])) this.texts[port] = String(ports[choice]);
    }
    this.texts[name] = choice;
  }

  isFaulty(field: NamedField): boolean {
    return this.#isAsked && this.#isBadPort(field);
  }

  /** Returns the input; `undefined` if a field could not be read. */
  read(): Omit<ChannelDraft, 'channelId'> | undefined {
    this.#isAsked = true;
    if (this.#fields.some((field) => this.#isBadPort(field))) return undefined;
    const fields = this.#fields.map((field) => [field.name, this.#readField(field)]);
    const settings = { kind: this.#kind, ...Object.fromEntries(fields) } as ChannelSettings;
    return { name: this.name.trim(), enabled: this.enabled, settings };
  }

  #isShown(field: NamedField): boolean {
    const hidden = Object.entries(field.hiddenBy ?? {}).some(([name, choice]) => this.texts[name] === choice);
    return !hidden && isNeeded(field, this.texts);
  }

  #isBadPort({ type, name }: NamedField): boolean {
    const text = this.texts[name] ?? '';
    return type === 'port' && (!/^\d{1,5}$/u.test(text) || Number(text) < 1 || Number(text) > MOST_PORT);
  }

  #readField({ type, name }: NamedField): unknown {
    const text = this.texts[name] ?? '';
    switch (type) {
      case 'secret':
      case 'file':
        return this.readers[name]?.read() ?? { kind: 'none' };
      case 'port':
        return Number(text);
      case 'addresses':
        return text.split(/[,;\n]/u);
      default:
        return text;
    }
  }
}
