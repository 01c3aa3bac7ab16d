import type { FileHandle } from 'node:fs/promises';
import { ConnectorError, shownName, type ZipLimits } from '../../kit/index.js';

export type UploadLimits = ZipLimits & {
  /** The upload itself. */
  readonly maxFileBytes: number;
};

export type UploadHead = { readonly zip: boolean; readonly bytes: Buffer; readonly text: string };

const HEAD_BYTES = 4096;

/** @throws {ConnectorError} CONFIG: too large. */
export async function refuseOversize(handle: FileHandle, file: string, limits: UploadLimits): Promise<void> {
  const { size } = await handle.stat();
  if (size > limits.maxFileBytes) throw refused('file_size', `${shownName(file)} is larger than we accept`);
}

/**
 * The first bytes of an upload, which tell what it is more reliably than its name.
 * @throws {ConnectorError} CONFIG: empty, or too large.
 */
export async function uploadHead(
  handle: FileHandle,
  file: string,
  limits: UploadLimits,
): Promise<UploadHead> {
  const { size } = await handle.stat();
  if (size === 0) throw refused('file_empty', `${shownName(file)} is empty: upload it again`);
  await refuseOversize(handle, file, limits);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  const bytes = buffer.subarray(0, bytesRead);
  return {
    zip: bytes.subarray(0, 2).toString('latin1') === 'PK',
    bytes,
    text: bytes.toString('utf8').replace(/^\uFEFF/, ''),
  };
}

export const refused = (code: string, message: string): ConnectorError =>
  new ConnectorError('CONFIG', message, { code });
