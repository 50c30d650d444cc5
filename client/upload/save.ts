/** Hands a text, or bytes, to the browser as a file to keep. */
export function save(content: string | Uint8Array | Blob, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([content as BlobPart], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser takes it up before it runs what is due later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
