/** One message of a stream of server-sent events, as far as this service uses the format. */
export type Frame = { readonly id?: string; readonly event?: string; readonly data?: string };

/** Cuts a stream into messages, wherever the network cut it. Comments keep the connection alive and are no messages. */
export class FrameReader {
  #rest = '';

  read(text: string): readonly Frame[] {
    const parts = (this.#rest + text).split('\n\n');
    this.#rest = parts.pop() ?? '';
    return parts.map(frameOf).filter((frame) => frame.id !== undefined || frame.data !== undefined);
  }
}

function frameOf(text: string): Frame {
  const fields: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon);
    const value = line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    fields[name] = fields[name] === undefined ? value : `${fields[name]}\n${value}`;
  }
  const { id, event, data } = fields;
  return {
    ...(id === undefined ? {} : { id }),
    ...(event === undefined ? {} : { event }),
    ...(data === undefined ? {} : { data }),
  };
}
