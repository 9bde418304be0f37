/** A text as a QR code: an SVG in a data: URL, dark on white with the quiet zone of ISO/IEC 18004 around it. */
export async function drawQrCode(text: string): Promise<string> {
  // Few daemons ever draw one: the encoder is loaded with the first.
  const { renderSVG } = await import('uqr')
  const svg = renderSVG(text, { ecc: 'M', border: 4, pixelSize: 4 })
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
