/** Hands a text to the browser as a file to keep. */
export function save(text: string, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser takes it up before it runs what is due later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
