/** Pixels of a millimetre: 300 to the inch. */
const PX_PER_MM = 12;
/** What a picture takes of how a strip looks on the page. */
const LOOK = ["fill", "stroke", "stroke-width", "font-family", "font-size", "font-weight", "text-anchor"] as const;

/**
 * A strip's SVGs, one below the other, as a PNG at 300 dpi, black on white as on paper. `drawings` are those that are shown for print.
 * Throws an Error whose message is for people.
 */
export async function toPng(drawings: readonly SVGSVGElement[]): Promise<Blob> {
  const images = await Promise.all(drawings.map(imageOf));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(...images.map(({ width }) => width));
  canvas.height = images.reduce((sum, { height }) => sum + height, 0);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser can't draw the picture.");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  let y = 0;
  for (const { image, width, height } of images) {
    context.drawImage(image, 0, y, width, height);
    y += height;
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("This browser can't write the picture."))),
      "image/png",
    );
  });
}

async function imageOf(drawing: SVGSVGElement): Promise<{ image: HTMLImageElement; width: number; height: number }> {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = drawing.querySelectorAll("*");
  for (const [i, element] of copy.querySelectorAll("*").entries()) {
    const look = getComputedStyle(originals[i]);
    for (const name of LOOK)
      element.setAttribute(
        name,
        element.getAttribute(name)?.startsWith("url(")
          ? String(element.getAttribute(name))
          : look.getPropertyValue(name),
      );
  }
  const { width, height } = drawing.viewBox.baseVal;
  const [pxWidth, pxHeight] = [Math.round(width * PX_PER_MM), Math.round(height * PX_PER_MM)];
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(pxWidth));
  copy.setAttribute("height", String(pxHeight));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return { image, width: pxWidth, height: pxHeight };
}
