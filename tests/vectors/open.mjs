// Opens the known answers with WebCrypto alone, as a browser or Node has it: an implementation that shares no line with ours.

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const words = (text) => new TextEncoder().encode(text);

async function open(key, nonce, sealed, bound) {
  const usable = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
  const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: words(bound), tagLength: 128 };
  return new Uint8Array(await crypto.subtle.decrypt(algorithm, usable, sealed));
}

function unpadded(padded) {
  let end = padded.length - 1;
  while (padded[end] === 0) end -= 1;
  if (padded[end] !== 0x80) throw new Error('no mark ends the text');
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(padded.subarray(0, end));
}

const CHUNK = 12 + 16 * 1024 + 16;

/** The content of a sealed file. */
async function openedFile(key, one, owner, generation) {
  const file = bytes(one.value);
  const stamp = Array.from(file.subarray(3, 19), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const count = (file.length - 19) / CHUNK;
  const parts = [];
  for (let number = 0; number < count; number += 1) {
    const last = number === count - 1 ? 1 : 0;
    const chunk = file.subarray(19 + number * CHUNK, 19 + (number + 1) * CHUNK);
    const bound = `v2|${one.label}|${one.row}|${owner}|${generation}|${stamp}|${number}|${last}`;
    parts.push(await open(key, chunk.subarray(0, 12), chunk.subarray(12), bound));
  }
  let text = '';
  for (const part of parts.slice(0, -1)) text += new TextDecoder().decode(part);
  return text + unpadded(parts[parts.length - 1]);
}

/** The names of the answers that open to the text or the content beside them. */
export async function opened(answers) {
  const { owner, generation } = answers;
  const name = answers.keyring.current;
  const wrapped = bytes(answers.wrapped);
  const kek = bytes(answers.keyring.keys[name]);
  const key = await open(kek, wrapped.subarray(0, 12), wrapped.subarray(12), `dek|${owner}|${generation}|${name}`);
  const right = [];
  for (const one of answers.sealed) {
    const value = bytes(one.value);
    if (value[0] !== 1 || value[1] * 256 + value[2] !== generation) continue;
    const bound = `v1|${one.label}|${one.row}|${owner}|${generation}`;
    const text = unpadded(await open(key, value.subarray(3, 15), value.subarray(15), bound));
    if (text === one.text) right.push(one.name);
  }
  for (const one of answers.files) {
    const file = bytes(one.value);
    if (file[0] !== 2 || file[1] * 256 + file[2] !== generation) continue;
    const text = await openedFile(key, one, owner, generation);
    if (text === new TextDecoder().decode(bytes(one.content))) right.push(one.name);
  }
  return right;
}

if (typeof process !== 'undefined' && process.argv[2]) {
  const { readFile } = await import('node:fs/promises');
  console.log(JSON.stringify(await opened(JSON.parse(await readFile(process.argv[2], 'utf8')))));
}
